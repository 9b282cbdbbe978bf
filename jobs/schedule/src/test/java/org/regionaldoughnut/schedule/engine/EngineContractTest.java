package org.regionaldoughnut.schedule.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.regionaldoughnut.schedule.store.TestTask.of;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionaldoughnut.ledger.Holder;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.schedule.log.LogLine;
import org.regionaldoughnut.schedule.log.TaskLogs;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.NodeRecord;
import org.regionaldoughnut.schedule.model.Retry;
import org.regionaldoughnut.schedule.model.RunState;
import org.regionaldoughnut.schedule.model.Schedule;
import org.regionaldoughnut.schedule.model.TaskState;
import org.regionaldoughnut.schedule.model.TriggeredBy;
import org.regionaldoughnut.schedule.model.TryKey;
import org.regionaldoughnut.schedule.model.Work;
import org.regionaldoughnut.schedule.model.XCom;
import org.regionaldoughnut.schedule.store.Criteria;
import org.regionaldoughnut.schedule.store.FlakyDatabase;
import org.regionaldoughnut.schedule.store.ScheduleDatabase;
import org.regionaldoughnut.schedule.store.ScheduleStore;
import org.regionaldoughnut.schedule.store.TestDags;
import org.regionaldoughnut.schedule.store.TriggerRequest;
import org.regionaldoughnut.schedule.task.TaskRunner;

/** Whole nodes with Quartz underneath, on a database of their own. */
abstract class EngineContractTest {
    /** Classes of SQLSTATE: a constraint was violated; a transaction was rolled back for another. */
    private static final String VIOLATION = "23";

    private static final String ROLLED_BACK = "40";

    private static final EngineSettings QUICK = EngineSettings.defaults()
            .withTimes(Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofSeconds(2))
            .withGrace(Duration.ofMillis(100));

    @TempDir
    Path folder;

    private final ScriptedSteps steps = new ScriptedSteps();
    private final AdvancedClock clock = new AdvancedClock();
    private final FlakyDatabase line = new FlakyDatabase();
    private final List<Engine> nodes = new ArrayList<>();
    private TaskLogs logs;
    ScheduleStore store;

    abstract ScheduleDatabase database();

    @BeforeEach
    void openStore() {
        store = line.open(database(), clock);
        logs = new TaskLogs(folder.resolve("logs"), store.clock(), 1 << 20);
    }

    @AfterEach
    void closeAll() {
        steps.release();
        line.comeBack();
        nodes.forEach(Engine::close);
        if (store != null) {
            store.close();
        }
    }

    /** DAGs that a test may exchange while nodes run. */
    static final class Changing implements DagSource {
        private volatile List<TestDags> dags;

        Changing(TestDags... dags) {
            this.dags = List.of(dags);
        }

        void change(TestDags... others) {
            dags = List.of(others);
        }

        @Override
        public String fingerprint() {
            return String.valueOf(dags);
        }

        @Override
        public Configured read() {
            return new Configured(dags.stream().map(TestDags::parsed).toList(), Map.of());
        }
    }

    private Engine node(DagSource source) {
        return node(source, QUICK);
    }

    private Engine node(DagSource source, EngineSettings settings) {
        var runner = new TaskRunner(steps, Work.Place.SESSION, folder, System.getenv(), Map.of());
        var engine =
                new Engine(store, database().isPostgres(), source, runner, steps, logs, settings, new Reports() {});
        engine.start();
        nodes.add(engine);
        return engine;
    }

    private Engine node(TestDags... dags) {
        return node(new Changing(dags));
    }

    private DagRun trigger(String dag) {
        return store.runs().trigger(TriggerRequest.now(dag, TriggeredBy.CLI));
    }

    private static void await(String what, BooleanSupplier met) throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!met.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(10);
        }
    }

    private void awaitEnd(DagRun run, RunState state) throws InterruptedException {
        await(
                run.runId() + " ends",
                () -> store.runs().require(run.dagId(), run.runId()).state().isFinished());
        assertThat(store.runs().require(run.dagId(), run.runId()).state()).isEqualTo(state);
    }

    private Optional<TaskState> state(DagRun run, String task) {
        return store.tasks().require(run.dagId(), run.runId(), task).state();
    }

    private static Work step(String verb, String... arguments) {
        return Work.step(verb, List.of(arguments));
    }

    @Test
    void aRunIsDoneFromItsTriggerToItsEndWithLogsAndAValue() throws Exception {
        node(TestDags.named(
                "chain", of("a", step("done", "{{ ds }}")), of("b", Work.bash("echo hello; echo last"), "a")));
        var run = trigger("chain");
        awaitEnd(run, RunState.SUCCESS);

        var values = store.tasks().xcoms(Criteria.all().with("dag_id", "chain")).items();
        assertThat(values).extracting(XCom::taskId).containsExactly("a", "b");
        assertThat(values.get(0).value().path("arguments").asText()).matches("done \\d{4}-\\d{2}-\\d{2} --json");
        assertThat(values.get(1).value().asText()).isEqualTo("last");
        assertThat(logs.read(new TryKey("chain", run.runId(), "a", 1), 0).lines())
                .extracting(LogLine::text)
                .contains("run by " + run.runId(), "some data", "Ended: success.");
    }

    @Test
    void aScheduledRunIsMadeAndAFailureIsTriedAgain() throws Exception {
        var retry = new Retry(2, Duration.ofMillis(50), 0, Duration.ofSeconds(1));
        node(TestDags.named("nightly", of("a", step("flaky")).with(retry)).on(Schedule.cron("@daily", false)));
        await("a run", () -> store.runs().list(Criteria.all()).total() == 1);
        var run = store.runs().list(Criteria.all()).items().get(0);
        awaitEnd(run, RunState.SUCCESS);

        assertThat(store.tasks().tries("nightly", run.runId(), "a")).hasSize(2);
        assertThat(store.tasks().tries("nightly", run.runId(), "a").get(0).note())
                .contains("exit code 5");
    }

    @Test
    void exitCode99IsSkippedAndABrokenStepSaysWhy() throws Exception {
        node(TestDags.named("mixed", of("a", step("nothing")), of("b", step("broken"))));
        var run = trigger("mixed");
        awaitEnd(run, RunState.FAILED);

        assertThat(state(run, "a")).contains(TaskState.SKIPPED);
        assertThat(store.tasks().require("mixed", run.runId(), "b").note())
                .contains("exit code 4: Cannot go on: it is broken.");
    }

    @Test
    void aRunningTaskStopsWhenItIsSetOtherwise() throws Exception {
        var engine = node(TestDags.named("held", of("a", step("held"))));
        var run = trigger("held");
        steps.held.await();
        store.runs().setState("held", run.runId(), RunState.FAILED);

        await("the try is stopped", () -> engine.running().isEmpty());
        assertThat(state(run, "a")).contains(TaskState.FAILED);
        assertThat(logs.read(new TryKey("held", run.runId(), "a", 1), 0).lines())
                .anyMatch(l -> l.text().contains("cleared or set otherwise"));
    }

    @Test
    void aTryThatTakesTooLongIsStopped() throws Exception {
        node(TestDags.named("slow", of("a", Work.bash("sleep 60")).withTimeout(Duration.ofMillis(200))));
        var run = trigger("slow");
        awaitEnd(run, RunState.FAILED);

        assertThat(store.tasks().require("slow", run.runId(), "a").note().orElseThrow())
                .contains("execution_timeout");
    }

    @Test
    void whatAKilledNodeWasDoingIsTakenOver() throws Exception {
        var dag = TestDags.named("single", of("a", step("done")));
        var source = new Changing(dag);
        store.sync().sync(List.of(dag.parsed()), Map.of());
        var gone = new Holder(Holder.thisProcess().host(), Integer.MAX_VALUE, Optional.of(Instant.EPOCH));
        store.nodes().register("killed", gone, source.fingerprint());
        var run = trigger("single");
        store.flow().advance(List.of("single"));
        var key = store.flow().dispatch().get(0);
        assertThat(store.flow().begin(List.of(key), "killed", gone, begun -> JsonNodeFactory.instance.objectNode()))
                .hasSize(1);

        node(source);
        awaitEnd(run, RunState.SUCCESS);
        assertThat(store.nodes().find("killed").orElseThrow().state()).isEqualTo(NodeRecord.State.LOST);
        assertThat(store.tasks().tries("single", run.runId(), "a"))
                .extracting(t -> t.state().orElseThrow())
                .containsExactly(TaskState.FAILED, TaskState.SUCCESS);
        assertThat(steps.calls).hasValue(1);
    }

    @Test
    void aQueuedTryWhoseAlarmWasNeverSetBeginsAtTheNextStart() throws Exception {
        var dag = TestDags.named("single", of("a", step("done")));
        store.sync().sync(List.of(dag.parsed()), Map.of());
        var run = trigger("single");
        store.flow().advance(List.of("single"));
        assertThat(store.flow().dispatch()).hasSize(1);

        node(dag);
        awaitEnd(run, RunState.SUCCESS);
    }

    @Test
    void aStoppedNodeLeavesItsTasksToTheNext() throws Exception {
        var dag = TestDags.named("held", of("a", step("held")));
        var first = node(dag);
        var run = trigger("held");
        steps.held.await();
        var before = System.nanoTime();
        first.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        assertThat(state(run, "a")).contains(TaskState.SCHEDULED);
        steps.release();
        node(dag);
        awaitEnd(run, RunState.SUCCESS);
    }

    @Test
    void aTryThatEndedWithoutAWordIsDoneAgain() throws Exception {
        var dag = TestDags.named("single", of("a", step("done")));
        var engine = node(dag);
        var other = trigger("single");
        awaitEnd(other, RunState.SUCCESS);
        forget(engine, other);

        awaitEnd(other, RunState.SUCCESS);
        await(
                "it is done again",
                () -> store.tasks().tries("single", other.runId(), "a").size() == 2);
    }

    /** As if the node had taken the try up and never told its end. */
    private void forget(Engine engine, DagRun run) throws Exception {
        try (var connection = store.source().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("update dag_run set state = 'running' where id = " + run.id());
            statement.executeUpdate("update task_instance set state = 'running', node = '" + engine.node()
                    + "' where run = " + run.id());
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    @Test
    void aSecondNodeWithOtherPipelinesIsRefused() {
        node(TestDags.named("single", of("a", step("done"))));

        assertThatExceptionOfType(DoughnutException.class)
                .isThrownBy(() -> node(TestDags.named("other", of("a", step("done")))))
                .withMessageContaining("Bring both to the same files")
                .extracting(DoughnutException::exitCode)
                .isEqualTo(ExitCode.CONFLICT);
    }

    @Test
    void twoNodesShareTheWorkAndDoNothingTwice() throws Exception {
        var dags = new TestDags[20];
        for (var i = 0; i < dags.length; i++) {
            dags[i] = TestDags.named("dag-" + i, of("a", step("done")), of("b", step("done"), "a"));
        }
        node(dags);
        node(dags);
        var runs = new ArrayList<DagRun>();
        for (var dag : dags) {
            runs.add(trigger(dag.id()));
        }
        for (var run : runs) {
            awaitEnd(run, RunState.SUCCESS);
        }
        assertThat(steps.calls).hasValue(40);
    }

    @Test
    void aDagThatIsRemovedWhileItRunsGoesOnToItsEnd() throws Exception {
        var source = new Changing(TestDags.named("gone", of("a", step("held")), of("b", step("done"), "a")));
        node(source);
        var run = trigger("gone");
        steps.held.await();
        source.change();
        await("it is stale", () -> store.dags().require("gone").stale());
        steps.release();

        awaitEnd(run, RunState.SUCCESS);
    }

    /** Runs like the machine's, and may be put on. */
    private static final class AdvancedClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        void advance(Duration by) {
            ahead = ahead.plus(by);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("the engine reckons in instants");
        }
    }

    @Test
    void aDatabaseThatGoesAwayAndComesBackCostsTimeButNoRun() throws Exception {
        var held = TestDags.named("held", of("a", step("held")), of("b", step("done"), "a"));
        var minutely = TestDags.named("minutely", of("a", step("done"))).on(Schedule.cron("* * * * *", false));
        var source = new Changing(held, minutely.catchingUp().from(clock.instant()));
        var one = node(source);
        var other = node(source);
        var run = trigger("held");
        steps.held.await();
        line.goAway();
        steps.release();
        clock.advance(Duration.ofMinutes(3));
        await("all have noticed", () -> line.refused() > 30);
        line.comeBack();

        awaitEnd(run, RunState.SUCCESS);
        assertThat(store.tasks().tries("held", run.runId(), "a")).hasSize(1);
        var made = Criteria.all().with("dag_id", "minutely").orderBy("run_after");
        await(
                "the runs of the minutes meanwhile",
                () -> store.runs().list(made.with("state", "success")).total() >= 3);
        var dates =
                store.runs().list(made).items().stream().map(DagRun::runAfter).toList();
        for (var i = 1; i < dates.size(); i++) {
            assertThat(dates.get(i)).isEqualTo(dates.get(i - 1).plusSeconds(60));
        }
        assertThat(store.nodes().running()).extracting(NodeRecord::id).contains(one.node(), other.node());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from qrtz_simple_triggers where trigger_group = 'TaskTry'; "
                        + "delete from qrtz_triggers where trigger_group = 'TaskTry'",
                "update qrtz_triggers set trigger_state = 'ACQUIRED' where trigger_group = 'TaskTry'",
                "update qrtz_triggers set trigger_state = 'BLOCKED' where trigger_group = 'TaskTry'",
                "update qrtz_triggers set trigger_state = 'ERROR' where trigger_group = 'TaskTry'"
            })
    void anAlarmThatIsLostOrHangsWhileTheNodeRunsIsSetAgain(String damage) throws Exception {
        var source = new Changing(
                TestDags.named("held", of("a", step("held"))), TestDags.named("single", of("a", step("done"))));
        node(source, QUICK.withParallelTasks(1).withStuckAfter(Duration.ofMillis(200)));
        var first = trigger("held");
        steps.held.await();
        var second = trigger("single");
        await("it waits for a thread", () -> state(second, "a").equals(Optional.of(TaskState.QUEUED)));
        await(
                "its alarm is set",
                () -> count("select count(*) from qrtz_triggers where trigger_group = 'TaskTry'") > 0);
        // the engine works meanwhile: where it sets an alarm between two statements, both are done once more
        await("the damage is done", () -> isDone(damage));
        steps.release();

        awaitEnd(first, RunState.SUCCESS);
        awaitEnd(second, RunState.SUCCESS);
        assertThat(steps.calls).hasValue(2);
    }

    /** All statements or none; false where another transaction was in the way. */
    private boolean isDone(String statements) {
        try (var connection = store.source().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                for (var one : statements.split(";")) {
                    statement.executeUpdate(one);
                }
                connection.commit();
                return true;
            } catch (SQLException e) {
                connection.rollback();
                if (!e.getSQLState().startsWith(VIOLATION) && !e.getSQLState().startsWith(ROLLED_BACK)) {
                    throw e;
                }
                return false;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private int count(String sql) {
        try (var connection = store.source().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}

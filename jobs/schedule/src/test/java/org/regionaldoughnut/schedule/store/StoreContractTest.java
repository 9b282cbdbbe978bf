package org.regionaldoughnut.schedule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.regionaldoughnut.schedule.store.TestTask.of;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionaldoughnut.ledger.Holder;
import org.regionaldoughnut.schedule.model.Account;
import org.regionaldoughnut.schedule.model.AuditEntry;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.Pool;
import org.regionaldoughnut.schedule.model.ReprocessBehavior;
import org.regionaldoughnut.schedule.model.Retry;
import org.regionaldoughnut.schedule.model.Role;
import org.regionaldoughnut.schedule.model.RunState;
import org.regionaldoughnut.schedule.model.RunType;
import org.regionaldoughnut.schedule.model.Schedule;
import org.regionaldoughnut.schedule.model.TaskInstance;
import org.regionaldoughnut.schedule.model.TaskState;
import org.regionaldoughnut.schedule.model.TriggerRule;
import org.regionaldoughnut.schedule.model.TriggeredBy;
import org.regionaldoughnut.schedule.model.TryKey;
import org.regionaldoughnut.schedule.model.Work;
import org.regionaldoughnut.schedule.store.ClearRequest.Option;

/** What the scheduler's memory keeps to in every database. The test plays the engine, step by step. */
abstract class StoreContractTest {
    private static final String NODE = "node-1";
    private static final Work WORK = Work.bash("true");

    final TickingClock clock = new TickingClock(Instant.parse("2024-03-10T12:00:00Z"));
    ScheduleStore store;

    abstract ScheduleDatabase database();

    @BeforeEach
    void openOne() {
        store = database().open(clock);
    }

    @AfterEach
    void closeAll() {
        if (store != null) {
            store.close();
        }
    }

    void configure(TestDags... dags) {
        store.sync().sync(List.of(dags).stream().map(TestDags::parsed).toList(), Map.of());
    }

    /** Lets the engine do all that can be done without running a task. */
    List<TryKey> pass() {
        for (var round = 0; round < 5; round++) {
            store.flow().advance(store.flow().waitingDags());
            store.flow().dueRuns().forEach(store.flow()::decide);
        }
        return store.flow().dispatch();
    }

    void run(TryKey key, Outcome outcome) {
        begin(key);
        assertThat(end(key, NODE, outcome)).isTrue();
    }

    void begin(TryKey key) {
        assertThat(begin(key, NODE)).isTrue();
    }

    private boolean begin(TryKey key, String node) {
        return store.flow()
                .begin(List.of(key), node, Holder.thisProcess(), begun -> JsonNodeFactory.instance.objectNode())
                .containsKey(key);
    }

    private boolean end(TryKey key, String node, Outcome outcome) {
        return store.flow().end(node, Map.of(key, outcome)).applied().contains(key);
    }

    void succeed(TryKey key) {
        run(key, Outcome.success(Optional.empty()));
    }

    void fail(TryKey key) {
        run(key, Outcome.failed("it broke"));
    }

    void drain() {
        for (var keys = pass(); !keys.isEmpty(); keys = pass()) {
            keys.forEach(this::succeed);
        }
    }

    DagRun trigger(String dag) {
        clock.advance(Duration.ofSeconds(1));
        return store.runs().trigger(TriggerRequest.now(dag, TriggeredBy.CLI));
    }

    Optional<TaskState> state(DagRun run, String task) {
        return task(run, task).state();
    }

    TaskInstance task(DagRun run, String task) {
        return store.tasks().require(run.dagId(), run.runId(), task);
    }

    RunState state(DagRun run) {
        return store.runs().require(run.dagId(), run.runId()).state();
    }

    static List<String> tasks(List<TryKey> keys) {
        return keys.stream().map(TryKey::taskId).toList();
    }

    @Test
    void aRunGoesThroughItsTasksInOrderAndSucceeds() {
        configure(TestDags.named("chain", of("a", WORK), of("b", WORK, "a"), of("c", WORK, "b")));
        var run = trigger("chain");

        assertThat(state(run)).isEqualTo(RunState.QUEUED);
        for (var expected : List.of("a", "b", "c")) {
            var keys = pass();
            assertThat(tasks(keys)).containsExactly(expected);
            assertThat(state(run)).isEqualTo(RunState.RUNNING);
            keys.forEach(this::succeed);
        }
        assertThat(state(run)).isEqualTo(RunState.SUCCESS);
        assertThat(pass()).isEmpty();
        assertThat(store.runs().counts(List.of("chain"))).containsEntry("chain", Map.of(RunState.SUCCESS, 1L));
    }

    @Test
    void aTryBeginsOnceAndEndsOnce() {
        configure(TestDags.named("single", of("a", WORK)));
        trigger("single");
        var key = pass().get(0);

        begin(key);
        assertThat(begin(key, "node-2")).isFalse();
        assertThat(end(key, "node-2", Outcome.failed("not mine"))).isFalse();
        assertThat(end(key, NODE, Outcome.success(Optional.empty()))).isTrue();
        assertThat(end(key, NODE, Outcome.failed("again"))).isFalse();
    }

    @Test
    void aFailedTaskIsTriedAgainAfterItsDelayAndThenFailsTheRun() {
        var retry = new Retry(1, Duration.ofMinutes(5), 0, Duration.ofHours(24));
        configure(TestDags.named("retried", of("a", WORK).with(retry), of("b", WORK, "a")));
        var run = trigger("retried");
        fail(pass().get(0));

        assertThat(state(run, "a")).contains(TaskState.UP_FOR_RETRY);
        clock.advance(Duration.ofMinutes(4));
        assertThat(pass()).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        var second = pass();
        assertThat(second).containsExactly(new TryKey("retried", run.runId(), "a", 2));
        fail(second.get(0));

        assertThat(state(run, "a")).contains(TaskState.FAILED);
        assertThat(state(run, "b")).contains(TaskState.UPSTREAM_FAILED);
        assertThat(state(run)).isEqualTo(RunState.FAILED);
        assertThat(store.tasks().tries("retried", run.runId(), "a"))
                .extracting(TaskInstance::tryNumber, t -> t.state().orElseThrow())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, TaskState.FAILED),
                        org.assertj.core.groups.Tuple.tuple(2, TaskState.FAILED));
    }

    @Test
    void aSkippedTaskSkipsWhatComesAfterItAndALeafDecides() {
        configure(TestDags.named(
                "skipped",
                of("a", WORK),
                of("b", WORK, "a"),
                of("end", WORK, "b").with(TriggerRule.ALL_DONE)));
        var run = trigger("skipped");
        run(pass().get(0), Outcome.skipped("nothing new"));

        assertThat(state(run, "b")).contains(TaskState.SKIPPED);
        pass().forEach(this::succeed);
        assertThat(state(run)).isEqualTo(RunState.SUCCESS);
    }

    @Test
    void poolsBoundWhatRunsAndTheHeavierGoesFirst() {
        store.pools().create(new Pool("narrow", 3, Optional.empty(), false));
        configure(TestDags.named(
                "pooled",
                of("a", WORK).inPool("narrow", 2),
                of("b", WORK).inPool("narrow", 2),
                of("c", WORK).inPool("narrow", 1)));
        var run = trigger("pooled");

        assertThat(tasks(pass())).containsExactly("a", "c");
        assertThat(store.explanation().task("pooled", run.runId(), "b"))
                .contains("waiting for pool narrow: 3 of 3 slots, and it needs 2");
        succeed(new TryKey("pooled", run.runId(), "a", 1));
        assertThat(tasks(pass())).containsExactly("b");
    }

    @Test
    void maxActiveTasksBoundsADagOverAllItsRuns() {
        configure(TestDags.named("bounded", of("a", WORK), of("b", WORK)).tasksAtATime(3));
        trigger("bounded");
        trigger("bounded");

        assertThat(pass()).hasSize(3);
        assertThat(pass()).isEmpty();
    }

    @Test
    void maxActiveRunsQueuesFurtherRunsAndSaysSo() {
        configure(TestDags.named("busy", of("a", WORK)).runs(1));
        var first = trigger("busy");
        var second = trigger("busy");
        pass();

        assertThat(state(first)).isEqualTo(RunState.RUNNING);
        assertThat(state(second)).isEqualTo(RunState.QUEUED);
        assertThat(store.explanation().run("busy", second.runId())).contains("max_active_runs reached: 1 of 1");
        succeed(new TryKey("busy", first.runId(), "a", 1));
        pass();
        assertThat(state(second)).isEqualTo(RunState.RUNNING);
    }

    @Test
    void aPausedDagStartsNothingAndSaysSo() {
        configure(TestDags.named("paused", of("a", WORK)).on(Schedule.cron("* * * * *", false)));
        store.dags().setPaused("paused", true);
        var run = trigger("paused");

        assertThat(pass()).isEmpty();
        assertThat(store.runs().list(Criteria.all()).items()).hasSize(1);
        assertThat(store.explanation().run("paused", run.runId())).contains("paused");
    }

    @Test
    void withoutCatchUpOnlyTheLatestDueRunIsMade() {
        configure(TestDags.named("nightly", of("a", WORK)).on(Schedule.cron("0 2 * * *", false)));
        pass();

        assertThat(store.runs().list(Criteria.all()).items())
                .extracting(DagRun::runId, r -> r.logicalDate().orElseThrow())
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "scheduled__2024-03-10T02:00:00+00:00", Instant.parse("2024-03-10T02:00:00Z")));
        assertThat(store.dags().require("nightly").next().orElseThrow().runAfter())
                .isEqualTo("2024-03-11T02:00:00Z");
    }

    @Test
    void withCatchUpEveryRunSinceTheStartIsMadeOnceAndInOrder() {
        configure(TestDags.named("daily", of("a", WORK))
                .on(Schedule.cron("@daily", true))
                .from(Instant.parse("2024-03-01T00:00:00Z"))
                .catchingUp()
                .runs(3));
        drain();
        drain();

        assertThat(store.runs().list(Criteria.all()).items())
                .extracting(r -> r.logicalDate().orElseThrow().toString().substring(0, 10))
                .containsExactly(
                        "2024-03-01",
                        "2024-03-02",
                        "2024-03-03",
                        "2024-03-04",
                        "2024-03-05",
                        "2024-03-06",
                        "2024-03-07",
                        "2024-03-08",
                        "2024-03-09");
    }

    @Test
    void aClockThatJumpsBackAnHourMakesNoRunTwiceAndLosesNone() {
        configure(TestDags.named("hourly", of("a", WORK))
                .on(Schedule.cron("@hourly", false))
                .from(clock.instant())
                .catchingUp());
        drain();
        clock.advance(Duration.ofHours(2));
        drain();
        clock.advance(Duration.ofHours(-1));
        drain();
        clock.advance(Duration.ofHours(2));
        drain();

        assertThat(store.runs().list(Criteria.all().orderBy("logical_date")).items())
                .extracting(r -> r.logicalDate().orElseThrow().toString())
                .containsExactly(
                        "2024-03-10T12:00:00Z", "2024-03-10T13:00:00Z", "2024-03-10T14:00:00Z", "2024-03-10T15:00:00Z");
    }

    @Test
    void aRunByHandForADateTakesThePlaceOfTheScheduledOne() {
        configure(TestDags.named("nightly", of("a", WORK)).on(Schedule.cron("0 2 * * *", false)));
        store.runs()
                .trigger(TriggerRequest.now("nightly", TriggeredBy.REST_API).at(Instant.parse("2024-03-10T02:00:00Z")));
        pass();

        assertThat(store.runs().list(Criteria.all()).items())
                .extracting(DagRun::type)
                .containsExactly(RunType.MANUAL);
    }

    @Test
    void aNameOrLogicalDateThatIsTakenIsAConflict() {
        configure(TestDags.named("single", of("a", WORK)));
        var request = TriggerRequest.now("single", TriggeredBy.CLI).at(TestDags.START);
        store.runs().trigger(request.named("one"));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> store.runs().trigger(request.named("two")))
                .withMessageContaining("'one' stands for that date")
                .extracting(RefusedException::reason)
                .isEqualTo(RefusedException.Reason.CONFLICT);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> store.runs()
                        .trigger(TriggerRequest.now("single", TriggeredBy.CLI).named("one")))
                .extracting(RefusedException::reason)
                .isEqualTo(RefusedException.Reason.CONFLICT);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> store.runs().trigger(TriggerRequest.now("singel", TriggeredBy.CLI)))
                .extracting(RefusedException::reason)
                .isEqualTo(RefusedException.Reason.NOT_FOUND);
    }

    @Test
    void aTaskThatDependsOnThePastWaitsForTheSameTaskOfTheRunBefore() {
        configure(TestDags.named("series", of("a", WORK).dependingOnPast())
                .on(Schedule.cron("@daily", false))
                .from(Instant.parse("2024-03-09T00:00:00Z"))
                .catchingUp());
        var keys = pass();

        assertThat(keys).hasSize(1);
        fail(keys.get(0));
        assertThat(pass()).isEmpty();
        store.tasks().setState("series", keys.get(0).runId(), "a", TaskState.SUCCESS);
        assertThat(pass()).extracting(TryKey::runId).containsExactly("scheduled__2024-03-10T00:00:00+00:00");
    }

    @Test
    void clearingRunsATaskAgainAndKeepsTheOldTryAsHistory() {
        configure(TestDags.named("chain", of("a", WORK), of("b", WORK, "a")));
        var run = trigger("chain");
        drain();

        var cleared = store.runs()
                .clear(ClearRequest.tasks("chain", Optional.of(run.runId()), List.of("b"))
                        .with(Option.DOWNSTREAM, true));
        assertThat(cleared).extracting(TaskInstance::taskId).containsExactly("b");
        assertThat(state(run)).isEqualTo(RunState.QUEUED);
        assertThat(state(run, "b")).isEmpty();
        drain();

        assertThat(state(run)).isEqualTo(RunState.SUCCESS);
        assertThat(store.tasks().tries("chain", run.runId(), "b"))
                .extracting(TaskInstance::tryNumber)
                .containsExactly(1, 2);
        assertThat(store.tasks().tries("chain", run.runId(), "a")).hasSize(1);
    }

    @Test
    void clearingARunningTaskRestartsItWhenItsTryIsOver() {
        configure(TestDags.named("single", of("a", WORK)));
        var run = trigger("single");
        var key = pass().get(0);
        begin(key);
        store.runs().clear(ClearRequest.run("single", run.runId()));

        assertThat(state(run, "a")).contains(TaskState.RESTARTING);
        assertThat(store.flow().runningOn(NODE)).isEmpty();
        end(key, NODE, Outcome.failed("stopped"));
        assertThat(pass()).containsExactly(new TryKey("single", run.runId(), "a", 2));
    }

    @Test
    void aDryRunOfClearingChangesNothing() {
        configure(TestDags.named("single", of("a", WORK)));
        var run = trigger("single");
        drain();

        assertThat(store.runs().clear(ClearRequest.run("single", run.runId()).with(Option.DRY_RUN, true)))
                .hasSize(1);
        assertThat(state(run)).isEqualTo(RunState.SUCCESS);
    }

    @Test
    void settingARunFailedStopsWhatRunsAndSkipsWhatHasNotBegun() {
        configure(TestDags.named("chain", of("a", WORK), of("b", WORK, "a")));
        var run = trigger("chain");
        var key = pass().get(0);
        begin(key);
        store.runs().setState("chain", run.runId(), RunState.FAILED);

        assertThat(state(run)).isEqualTo(RunState.FAILED);
        assertThat(state(run, "a")).contains(TaskState.FAILED);
        assertThat(state(run, "b")).contains(TaskState.SKIPPED);
        assertThat(end(key, NODE, Outcome.success(Optional.empty()))).isFalse();
    }

    @Test
    void theTasksOfALostNodeAreTakenOverWithoutCountingAsRetry() {
        configure(TestDags.named("single", of("a", WORK)));
        var run = trigger("single");
        begin(pass().get(0));

        assertThat(store.flow().takeOver(NODE).tasks()).isOne();
        var next = pass();
        assertThat(next).containsExactly(new TryKey("single", run.runId(), "a", 2));
        succeed(next.get(0));
        assertThat(state(run)).isEqualTo(RunState.SUCCESS);
    }

    @Test
    void aTaskThatTakesDownNodeAfterNodeFailsInTheEnd() {
        configure(TestDags.named("poison", of("a", WORK)));
        var run = trigger("poison");
        for (var losses = 0; losses <= Flow.MOST_TAKEOVERS; losses++) {
            begin(pass().get(0));
            store.flow().takeOver(NODE);
        }
        assertThat(state(run, "a")).contains(TaskState.FAILED);
        assertThat(state(run)).isEqualTo(RunState.FAILED);
    }

    @Test
    void aDagThatIsRemovedFinishesWhatRunsAndDropsWhatIsQueued() {
        configure(TestDags.named("gone", of("a", WORK), of("b", WORK, "a")).runs(1));
        var running = trigger("gone");
        var queued = trigger("gone");
        var key = pass().get(0);
        begin(key);
        store.sync().sync(List.of(), Map.of());

        end(key, NODE, Outcome.success(Optional.empty()));
        drain();
        assertThat(state(running)).isEqualTo(RunState.SUCCESS);
        assertThat(state(queued)).isEqualTo(RunState.FAILED);
        assertThat(store.runs().require("gone", queued.runId()).note().orElseThrow())
                .contains("no longer configured");
        assertThat(store.dags().require("gone").stale()).isTrue();
    }

    @Test
    void aRunKeepsTheWordingItWasMadeFromAndClearingCanTakeTheNewest() {
        configure(TestDags.named("changed", of("a", WORK)));
        var run = trigger("changed");
        drain();
        configure(TestDags.named("changed", of("a", WORK), of("b", WORK, "a")));

        assertThat(store.dags()
                        .versions(Criteria.all().with("dag_id", "changed"))
                        .total())
                .isEqualTo(2);
        store.runs().clear(ClearRequest.run("changed", run.runId()));
        drain();
        assertThat(store.tasks().find("changed", run.runId(), "b")).isEmpty();
        store.runs().clear(ClearRequest.run("changed", run.runId()).with(Option.LATEST_VERSION, true));
        drain();
        assertThat(state(run, "b")).contains(TaskState.SUCCESS);
    }

    @Test
    void aBackfillMakesTheMissingRunsWithALimitOfItsOwn() {
        configure(TestDags.named("daily", of("a", WORK)).on(Schedule.cron("@daily", false)));
        drain();
        var request = BackfillRequest.of("daily", Instant.parse("2024-03-08T00:00:00Z"), clock.instant())
                .atMost(1);

        assertThat(store.backfills().dryRun(request)).hasSize(2);
        var backfill = store.backfills().create(request);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> store.backfills().create(request))
                .extracting(RefusedException::reason)
                .isEqualTo(RefusedException.Reason.CONFLICT);
        assertThat(pass()).hasSize(1);
        store.backfills().setPaused(backfill.id(), true);
        store.backfills().setPaused(backfill.id(), false);
        store.runs()
                .list(Criteria.all().with("backfill_id", backfill.id()).with("state", "running"))
                .items()
                .forEach(run -> succeed(new TryKey("daily", run.runId(), "a", 1)));
        drain();

        assertThat(store.backfills().require(backfill.id()).completed()).isPresent();
        assertThat(store.backfills().dryRun(request.with(ReprocessBehavior.COMPLETED)))
                .hasSize(3);
        assertThat(store.backfills().dryRun(request.with(ReprocessBehavior.FAILED)))
                .isEmpty();
    }

    @Test
    void aCancelledBackfillFailsWhatItHasQueued() {
        configure(TestDags.named("daily", of("a", WORK)).on(Schedule.cron("@daily", false)));
        var backfill = store.backfills()
                .create(BackfillRequest.of("daily", Instant.parse("2024-03-01T00:00:00Z"), clock.instant())
                        .atMost(1));
        pass();
        store.backfills().cancel(backfill.id());

        assertThat(store.runs()
                        .list(Criteria.all().with("backfill_id", backfill.id()).with("state", "failed"))
                        .total())
                .isEqualTo(9);
        assertThat(store.backfills().require(backfill.id()).completed()).isPresent();
    }

    @Test
    void aDagOnAssetsRunsWhenAllHaveANewEvent() {
        configure(
                TestDags.named("maker", of("a", WORK).withOutlets("raw", "clean")),
                TestDags.named("other", of("a", WORK).withOutlets("clean")),
                TestDags.named("taker", of("a", WORK)).on(Schedule.onAssets(List.of("raw", "clean"))));
        trigger("other");
        drain();
        assertThat(store.runs().list(Criteria.all().with("dag_id", "taker")).items())
                .isEmpty();
        assertThat(store.assets().queuedOfDag("taker")).hasSize(1);
        assertThat(store.explanation().dag("taker")).contains("waiting for a new event of raw");

        trigger("maker");
        drain();
        var made = store.runs().list(Criteria.all().with("dag_id", "taker")).items();
        assertThat(made).extracting(DagRun::type).containsExactly(RunType.ASSET_TRIGGERED);
        assertThat(store.assets().queuedOfDag("taker")).isEmpty();
        assertThat(store.assets()
                        .events(Criteria.all().with("created_run", made.get(0).id()))
                        .total())
                .isEqualTo(2);
    }

    @Test
    void anEventFromOutsideCountsAsMuch() {
        configure(TestDags.named("taker", of("a", WORK)).on(Schedule.onAssets(List.of("raw"))));
        var asset = store.assets().list(Criteria.all()).items().get(0);
        store.assets().emit(asset.id(), com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode());
        drain();

        assertThat(store.runs().list(Criteria.all()).items())
                .extracting(DagRun::state)
                .containsExactly(RunState.SUCCESS);
    }

    @Test
    void aRunThatTakesTooLongFailsAndALateOneIsNamedOnce() {
        configure(TestDags.named("slow", of("a", WORK))
                .within(Duration.ofHours(1))
                .due(Duration.ofMinutes(30)));
        var run = trigger("slow");
        begin(pass().get(0));
        clock.advance(Duration.ofMinutes(31));

        assertThat(store.flow().late()).extracting(DagRun::runId).containsExactly(run.runId());
        assertThat(store.flow().late()).isEmpty();
        assertThat(store.flow().timeOut().endedRuns()).isEmpty();
        clock.advance(Duration.ofMinutes(30));
        assertThat(store.flow().timeOut().endedRuns()).hasSize(1);
        assertThat(state(run)).isEqualTo(RunState.FAILED);
    }

    @Test
    void listingsFilterOrderAndCount() {
        configure(TestDags.named("single", of("a", WORK)));
        for (var i = 0; i < 5; i++) {
            trigger("single");
        }
        var page = store.runs().list(Criteria.all().orderBy("-run_after").page(2, 1));

        assertThat(page.total()).isEqualTo(5);
        assertThat(page.items()).hasSize(2);
        assertThat(page.items().get(0).runAfter()).isAfter(page.items().get(1).runAfter());
        assertThat(store.tasks()
                        .list(Criteria.all().where("state", Criteria.Operator.ABSENT))
                        .total())
                .isEqualTo(5);
        assertThat(store.dags().list(Criteria.all().with("tags", "test")).total())
                .isOne();
        assertThat(store.dags()
                        .list(Criteria.all().where("dag_id", Criteria.Operator.LIKE, "SIN%"))
                        .total())
                .isOne();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.runs().list(Criteria.all().orderBy("id; drop table dag_run")))
                .withMessageContaining("is not a field");
    }

    @Test
    void usersAndWhatTheyDidAreKept() {
        store.accounts().put(new Account("clerk", "hash", Role.USER, true, clock.instant()));
        store.accounts().put(new Account("clerk", "hash2", Role.ADMIN, true, clock.instant()));
        store.audit()
                .add(AuditEntry.of("trigger", Optional.of("clerk"))
                        .of("single", Optional.of("one"), Optional.empty())
                        .with("{}"));

        assertThat(store.accounts().list())
                .extracting(Account::passwordHash, Account::role)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("hash2", Role.ADMIN));
        assertThat(store.audit().list(Criteria.all().with("dag_id", "single")).items())
                .extracting(AuditEntry::event)
                .containsExactly("trigger");
        assertThat(store.accounts().remove("clerk")).isTrue();
    }

    @Test
    void ofSeveralNodesThatMakeTheFirstUserAtOnceOneDoes() throws Exception {
        var threads = java.util.concurrent.Executors.newFixedThreadPool(4);
        try {
            java.util.concurrent.Callable<Boolean> make = () -> store.accounts()
                    .putFirst(
                            new Account("admin", "hash " + Thread.currentThread(), Role.ADMIN, true, clock.instant()));
            var made = 0;
            for (var one : threads.invokeAll(java.util.Collections.nCopies(4, make))) {
                made += one.get() ? 1 : 0;
            }
            assertThat(made).isOne();
        } finally {
            threads.shutdown();
        }
        assertThat(store.accounts().putFirst(new Account("other", "hash", Role.ADMIN, true, clock.instant())))
                .isFalse();
    }

    @Test
    void ofManyWhoGiveSlotsAtOnceNoneIsGivenTwice() throws Exception {
        store.pools().update(new Pool(Pool.DEFAULT, 7, Optional.empty(), false));
        configure(TestDags.named(
                "wide",
                java.util.stream.IntStream.range(0, 20)
                        .mapToObj(i -> of("t" + i, WORK))
                        .toArray(TestTask[]::new)));
        trigger("wide");
        store.flow().advance(List.of("wide"));
        var threads = java.util.concurrent.Executors.newFixedThreadPool(4);
        try {
            java.util.concurrent.Callable<List<TryKey>> ask = () -> store.flow().dispatch();
            var given = new java.util.ArrayList<TryKey>();
            for (var answer : threads.invokeAll(java.util.Collections.nCopies(8, ask))) {
                given.addAll(answer.get());
            }
            assertThat(given).hasSize(7).doesNotHaveDuplicates();
        } finally {
            threads.shutdown();
        }
    }
}

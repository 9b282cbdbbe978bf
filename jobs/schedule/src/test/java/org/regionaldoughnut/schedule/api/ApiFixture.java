package org.regionaldoughnut.schedule.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.regionaldoughnut.ledger.Holder;
import org.regionaldoughnut.schedule.access.Passwords;
import org.regionaldoughnut.schedule.model.Account;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.model.Role;
import org.regionaldoughnut.schedule.model.Schedule;
import org.regionaldoughnut.schedule.model.TryKey;
import org.regionaldoughnut.schedule.model.Work;
import org.regionaldoughnut.schedule.store.Flow;
import org.regionaldoughnut.schedule.store.Outcome;
import org.regionaldoughnut.schedule.store.ParsedDag;
import org.regionaldoughnut.schedule.store.ScheduleDatabase;
import org.regionaldoughnut.schedule.store.ScheduleStore;
import org.regionaldoughnut.schedule.store.TestTask;

/** A store with a few DAGs, an engine whose tasks take no time (those named fail do fail), and the API over them. */
final class ApiFixture implements AutoCloseable {
    static final String PASSWORD = "a password of length";
    private static final String NODE = "test-node";

    final ScheduleStore store;
    final Api api;
    private final Thread engine;
    private volatile boolean closed;

    ApiFixture(Path folder, ApiSettings settings) {
        store = ScheduleDatabase.embedded(folder, 8).open(Clock.systemUTC());
        store.sync()
                .sync(
                        List.of(
                                parsed(
                                        "nightly",
                                        Schedule.cron("30 2 * * *", false),
                                        List.of("figures"),
                                        task("fetch"),
                                        task("check", "fetch"),
                                        task("publish", "check").withOutlets("figures")),
                                parsed("broken", Schedule.none(), List.of(), task("fail"), task("after", "fail")),
                                parsed("on_figures", Schedule.onAssets(List.of("figures")), List.of(), task("read")),
                                parsed("paused_one", Schedule.none(), List.of(), task("idle"))),
                        Map.of());
        store.dags().setPaused("paused_one", true);
        for (Role role : Role.values()) {
            store.accounts()
                    .put(new Account(
                            role.word(),
                            Passwords.hash(PASSWORD),
                            role,
                            true,
                            store.clock().instant()));
        }
        store.nodes().register(NODE, Holder.thisProcess(), "configuration");
        api = Api.start(
                store,
                settings,
                (key, from, most) -> from > 0
                        ? List.of()
                        : List.of(
                                new TryLogs.Line(Optional.of(Instant.EPOCH), "begins " + key),
                                new TryLogs.Line(Optional.empty(), "<b>done</b>")),
                "test");
        engine = new Thread(this::work, "engine");
        engine.setDaemon(true);
        engine.start();
    }

    private static TestTask task(String id, String... upstream) {
        return TestTask.of(id, Work.bash("true"), upstream);
    }

    private static ParsedDag parsed(String id, Schedule schedule, List<String> tags, TestTask... tasks) {
        Dag dag = new Dag(
                id,
                id,
                Optional.of("What " + id + " does"),
                Optional.empty(),
                "conf/sample/pipelines/" + id + ".yaml",
                tags,
                schedule,
                ZoneId.of("Europe/London"),
                Instant.parse("2024-01-01T00:00:00Z"),
                Optional.empty(),
                false,
                Dag.MAX_ACTIVE_RUNS,
                Dag.MAX_ACTIVE_TASKS,
                Optional.empty(),
                Optional.empty(),
                false,
                JsonNodeFactory.instance.objectNode().put("region", "UKC"),
                Stream.of(tasks).map(TestTask::definition).toList());
        return new ParsedDag(dag, id + ":\n  tasks: {}\n");
    }

    private void work() {
        Flow flow = store.flow();
        while (!closed) {
            boolean idle = true;
            flow.advance(flow.waitingDags());
            for (long run : flow.dueRuns()) {
                flow.decide(run);
                idle = false;
            }
            for (TryKey key : flow.dispatch()) {
                flow.begin(List.of(key), NODE, Holder.thisProcess(), begun -> JsonNodeFactory.instance.objectNode());
                flow.end(
                        NODE,
                        Map.of(
                                key,
                                key.taskId().equals("fail")
                                        ? Outcome.failed("as told")
                                        : Outcome.success(Optional.empty())));
                idle = false;
            }
            if (idle) {
                java.util.concurrent.locks.LockSupport.parkNanos(
                        Duration.ofMillis(20).toNanos());
            }
        }
    }

    String address() {
        return api.address().replaceAll("/$", "");
    }

    @Override
    public void close() {
        closed = true;
        try {
            engine.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        api.close();
        store.close();
    }
}

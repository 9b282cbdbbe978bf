package org.regionaldoughnut.bench;

import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.regionaldoughnut.schedule.engine.DagSource;
import org.regionaldoughnut.schedule.engine.Engine;
import org.regionaldoughnut.schedule.engine.EngineSettings;
import org.regionaldoughnut.schedule.engine.Reports;
import org.regionaldoughnut.schedule.log.TaskLogs;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.model.Schedule;
import org.regionaldoughnut.schedule.model.TaskDefinition;
import org.regionaldoughnut.schedule.model.TriggeredBy;
import org.regionaldoughnut.schedule.model.Work;
import org.regionaldoughnut.schedule.store.Criteria;
import org.regionaldoughnut.schedule.store.ParsedDag;
import org.regionaldoughnut.schedule.store.ScheduleDatabase;
import org.regionaldoughnut.schedule.store.ScheduleStore;
import org.regionaldoughnut.schedule.store.TriggerRequest;
import org.regionaldoughnut.schedule.task.Steps;
import org.regionaldoughnut.schedule.task.TaskRunner;

/**
 * The scheduler alone, tasks being no-ops, on an embedded database: how soon a task starts when nothing else runs, what
 * the node costs meanwhile, whether many DAGs every minute fall behind, and how long a page of a long list takes. {@code
 * bench.minutes} (10), {@code bench.dags} (1,000) and {@code bench.instances} (1,000,000) make it smaller, {@code
 * bench.parts} (idle,load,list) leaves parts out.
 */
final class ScheduleBenchmark implements Benchmarks.Benchmark {
    private static final int TASKS = 10;

    /** Runs whose tasks are written in one transaction. */
    private static final int AT_A_TIME = 2_000;

    @Override
    public void run(Path folder, int repetitions) throws Exception {
        var parts = List.of(System.getProperty("bench.parts", "idle,load,list").split(","));
        if (parts.contains("idle")) {
            idle(IngestBenchmark.emptied(folder.resolve("idle")));
        }
        if (parts.contains("load")) {
            load(IngestBenchmark.emptied(folder.resolve("load")));
        }
        if (parts.contains("list")) {
            list(IngestBenchmark.emptied(folder.resolve("list")));
        }
    }

    /** Steps that do nothing but say when they began. */
    private static final class NoSteps implements Steps {
        private final LinkedBlockingQueue<Long> begun = new LinkedBlockingQueue<>();
        private final AtomicLong count = new AtomicLong();

        @Override
        public Set<String> verbs() {
            return Set.of("nothing");
        }

        @Override
        public int run(String name, List<String> arguments, Map<String, String> environment, Writer out, Writer err) {
            count.incrementAndGet();
            if (arguments.contains("told")) {
                begun.add(System.nanoTime());
            }
            return 0;
        }

        @Override
        public void cancel(String name) {}

        @Override
        public List<String> fork() {
            return List.of();
        }

        @Override
        public List<String> submit() {
            return List.of();
        }
    }

    private record Fixed(List<ParsedDag> dags) implements DagSource {
        @Override
        public String fingerprint() {
            return String.valueOf(dags.size());
        }

        @Override
        public Configured read() {
            return new Configured(dags, Map.of());
        }
    }

    private static ParsedDag dag(String id, Schedule schedule, int tasks, String... arguments) {
        var definitions = new ArrayList<TaskDefinition>();
        for (var i = 0; i < tasks; i++) {
            var work = Work.step("nothing", List.of(arguments));
            definitions.add(i == 0 ? TaskDefinition.of("t0", work) : TaskDefinition.of("t" + i, work, "t0"));
        }
        var empty = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        return new ParsedDag(
                new Dag(
                        id,
                        id,
                        java.util.Optional.empty(),
                        java.util.Optional.empty(),
                        id + ".yaml",
                        List.of(),
                        schedule,
                        ZoneOffset.UTC,
                        Instant.parse("2024-01-01T00:00:00Z"),
                        java.util.Optional.empty(),
                        false,
                        16,
                        16,
                        java.util.Optional.empty(),
                        java.util.Optional.empty(),
                        false,
                        empty,
                        definitions),
                "");
    }

    private static Engine engine(ScheduleStore store, Path folder, NoSteps steps, List<ParsedDag> dags) {
        var runner = new TaskRunner(steps, Work.Place.SESSION, folder, Map.of(), Map.of());
        var engine = new Engine(
                store,
                false,
                new Fixed(dags),
                runner,
                steps,
                new TaskLogs(folder.resolve("logs"), store.clock(), 1 << 20),
                EngineSettings.defaults().withGrace(Duration.ofSeconds(5)),
                new Reports() {});
        engine.start();
        return engine;
    }

    private static void idle(Path folder) throws Exception {
        var steps = new NoSteps();
        try (var store = ScheduleDatabase.embedded(folder, 24).open(Clock.systemUTC());
                var engine = engine(store, folder, steps, List.of(dag("single", Schedule.none(), 1, "told")))) {
            var milliseconds = new ArrayList<Double>();
            for (var i = 0; i < 60; i++) {
                Thread.sleep(200);
                var from = System.nanoTime();
                store.runs().trigger(TriggerRequest.now("single", TriggeredBy.TEST));
                var at = steps.begun.poll(30, TimeUnit.SECONDS);
                if (i >= 10) {
                    milliseconds.add((at - from) / 1e6);
                }
            }
            say("task start on an idle node: median %.0f ms, 9 in 10 below %.0f ms, target 200 ms", milliseconds);
            var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            Thread.sleep(5_000);
            var cpu = system.getProcessCpuTime();
            var from = System.nanoTime();
            Thread.sleep(60_000);
            System.out.printf(
                    Locale.ROOT,
                    "idle node %s: %.2f %% of one processor, target 1 %%%n",
                    engine.node(),
                    100.0 * (system.getProcessCpuTime() - cpu) / (System.nanoTime() - from));
        }
    }

    private static void load(Path folder) throws Exception {
        var minutes = Integer.getInteger("bench.minutes", 10);
        var dags = new ArrayList<ParsedDag>();
        for (var i = 0; i < Integer.getInteger("bench.dags", 1_000); i++) {
            dags.add(dag("dag-" + i, Schedule.cron("* * * * *", false), TASKS));
        }
        var steps = new NoSteps();
        try (var store = ScheduleDatabase.embedded(folder, 24).open(Clock.systemUTC());
                var engine = engine(store, folder, steps, dags)) {
            var first = store.clock().instant().truncatedTo(ChronoUnit.MINUTES).plusSeconds(60);
            var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            Thread.sleep(Duration.between(store.clock().instant(), first)
                    .plusMillis(1)
                    .toMillis());
            var cpu = system.getProcessCpuTime();
            var before = steps.count.get();
            Thread.sleep(Duration.ofMinutes(minutes).minusSeconds(1).toMillis());
            var tries = steps.count.get() - before;
            System.out.printf(
                    Locale.ROOT,
                    "%d tries in %d minutes, %.1f ms of processor time each%n",
                    tries,
                    minutes,
                    (system.getProcessCpuTime() - cpu) / 1e6 / tries);
            for (var minute = 0; minute < minutes; minute++) {
                ended(
                        store,
                        first.plus(Duration.ofMinutes(minute)),
                        engine.running().size());
            }
        }
    }

    /** From when the runs of a minute were due to when they had ended. */
    private static void ended(ScheduleStore store, Instant minute, int running) {
        var runs = store.runs()
                .list(Criteria.all()
                        .where("run_after", Criteria.Operator.IN, minute)
                        .with("run_type", "scheduled"))
                .items();
        var seconds = new ArrayList<Double>();
        runs.stream()
                .flatMap(run -> run.ended().stream())
                .forEach(at -> seconds.add(Duration.between(minute, at).toMillis() / 1e3));
        System.out.printf(
                Locale.ROOT,
                "%s: %d runs made, %d ended, %d tries running now",
                minute,
                runs.size(),
                seconds.size(),
                running);
        say(", after a median of %.1f s, 9 in 10 within %.1f s", seconds);
    }

    private static void list(Path folder) throws Exception {
        var instances = Integer.getInteger("bench.instances", 1_000_000);
        try (var store = ScheduleDatabase.embedded(folder, 4).open(Clock.systemUTC())) {
            store.sync().sync(List.of(dag("long", Schedule.none(), TASKS)), Map.of());
            fill(store, instances / TASKS);
            var queries = Map.of(
                    "the newest",
                    Criteria.all().orderBy("-start_date").page(50, 0),
                    "the newest of a DAG",
                    Criteria.all().with("dag_id", "long").orderBy("-run_after").page(50, 0),
                    "the failed",
                    Criteria.all().with("state", "failed").page(50, 0),
                    "any",
                    Criteria.all().page(50, 100));
            for (var query : queries.entrySet()) {
                var milliseconds = new ArrayList<Double>();
                for (var i = 0; i < 25; i++) {
                    var from = System.nanoTime();
                    var found = store.tasks().list(query.getValue());
                    if (i >= 5) {
                        milliseconds.add((System.nanoTime() - from) / 1e6);
                    }
                    if (found.items().isEmpty()) {
                        throw new IllegalStateException("nothing was found: " + query.getKey());
                    }
                }
                System.out.printf(Locale.ROOT, "50 of %d task instances, %s: ", instances, query.getKey());
                say("median %.0f ms, 9 in 10 below %.0f ms, target 100 ms", milliseconds);
            }
        }
    }

    /** Rows as a year of runs leaves them, written past the engine. */
    private static void fill(ScheduleStore store, int runs) throws SQLException {
        try (var connection = store.source().getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate("insert into dag_run (dag_id, run_id, run_type, state, logical_date, run_after,"
                    + " started, ended, conf, triggered_by, version_id, due, late) select 'long', 'r' || x, 'scheduled',"
                    + " 'success', dateadd(minute, x, timestamp with time zone '2020-01-01 00:00:00+00'), dateadd(minute,"
                    + " x, timestamp with time zone '2020-01-01 00:00:00+00'), current_timestamp, current_timestamp, '{}',"
                    + " 'timetable', (select version_id from dag), false, false from system_range(1, " + runs + ")");
            for (var from = 1; from <= runs; from += AT_A_TIME) {
                statement.executeUpdate(
                        "insert into task_instance (id, run, dag_id, run_id, task_id, state, try_number, max_tries,"
                                + " takeovers, operator, pool, pool_slots, priority_weight, logical_date, run_after,"
                                + " started, ended, rendered, version_id) select random_uuid(), r.id, r.dag_id, r.run_id,"
                                + " 't' || x, case when mod(r.id * 10 + x, 5000) = 0 then 'failed' else 'success' end, 1,"
                                + " 0, 0, 'StepOperator', 'default_pool', 1, 1, r.logical_date, r.run_after, r.run_after,"
                                + " r.run_after, '{}', r.version_id from"
                                + " dag_run"
                                + " r, system_range(0,"
                                + " " + (TASKS - 1) + ") where r.id between " + from
                                + " and "
                                + (from + AT_A_TIME - 1));
            }
            statement.execute("analyze");
        }
    }

    private static void say(String format, List<Double> values) {
        var sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        System.out.println(
                sorted.isEmpty()
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                format,
                                sorted.get(sorted.size() / 2),
                                sorted.get(sorted.size() * 9 / 10)));
    }
}

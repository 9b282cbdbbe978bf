package org.regionaldoughnut.schedule.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;
import org.regionaldoughnut.model.Hash;
import org.regionaldoughnut.schedule.model.TryKey;

/**
 * Durable alarms and a pool of threads. Two schedulers share the tables: one for the clock, so that no alarm waits for a
 * thread while long tasks run, and one for tasks. All alarms are one-shot: the times are ours, since Quartz's own cron is
 * wrong where the clock is moved.
 */
final class QuartzClock {
    static final String ENGINE = "engine";
    static final String DAG = "dag";
    static final String RUN = "run";
    static final String TASK = "task";
    static final String TRY = "try";
    private static final int CLOCK_THREADS = 3;
    private static final int LONGEST_NAME = 190;

    private final Scheduler clock;
    private final Scheduler tasks;

    QuartzClock(DataSource source, boolean postgres, String node, int parallelTasks, Engine engine)
            throws SchedulerException {
        var shared = "doughnut-" + node;
        DBConnectionManager.getInstance().addConnectionProvider(shared, new Provided(source));
        clock = scheduler("doughnut-clock", node, CLOCK_THREADS, shared, postgres, engine);
        tasks = scheduler("doughnut-tasks", node, parallelTasks, shared, postgres, engine);
        store(clock, DagTick.class, false);
        store(clock, RunTick.class, false);
        store(tasks, TaskTry.class, true);
    }

    /** The pool is the store's: Quartz takes connections from it and gives them back. */
    private record Provided(DataSource source) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return source.getConnection();
        }

        @Override
        public void shutdown() {}

        @Override
        public void initialize() {}
    }

    private static Scheduler scheduler(
            String name, String node, int threads, String source, boolean postgres, Engine engine)
            throws SchedulerException {
        var properties = new Properties();
        var store = "org.quartz.impl.jdbcjobstore.";
        properties.putAll(Map.ofEntries(
                Map.entry("org.quartz.scheduler.instanceName", name),
                Map.entry("org.quartz.scheduler.instanceId", node),
                Map.entry("org.quartz.scheduler.skipUpdateCheck", "true"),
                Map.entry("org.quartz.scheduler.makeSchedulerThreadDaemon", "true"),
                Map.entry("org.quartz.scheduler.idleWaitTime", "15000"),
                Map.entry("org.quartz.scheduler.dbFailureRetryInterval", "2000"),
                Map.entry("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", "20"),
                Map.entry("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool"),
                Map.entry("org.quartz.threadPool.threadCount", String.valueOf(threads)),
                Map.entry("org.quartz.threadPool.makeThreadsDaemons", "true"),
                Map.entry("org.quartz.jobStore.class", store + "JobStoreTX"),
                Map.entry(
                        "org.quartz.jobStore.driverDelegateClass",
                        store + (postgres ? "PostgreSQLDelegate" : "StdJDBCDelegate")),
                Map.entry("org.quartz.jobStore.dataSource", source),
                Map.entry("org.quartz.jobStore.useProperties", "true"),
                Map.entry("org.quartz.jobStore.isClustered", "true"),
                Map.entry("org.quartz.jobStore.clusterCheckinInterval", "15000"),
                Map.entry("org.quartz.jobStore.acquireTriggersWithinLock", "true"),
                Map.entry("org.quartz.jobStore.misfireThreshold", "60000")));
        // the factory keeps schedulers by name: two nodes of one process need two of a name
        var factory = new StdSchedulerFactory() {
            @Override
            public Scheduler getScheduler() throws SchedulerException {
                org.quartz.impl.SchedulerRepository.getInstance().remove(name);
                return super.getScheduler();
            }
        };
        factory.initialize(properties);
        var scheduler = factory.getScheduler();
        scheduler.getContext().put(ENGINE, engine);
        return scheduler;
    }

    private static void store(Scheduler scheduler, Class<? extends Job> type, boolean recovered)
            throws SchedulerException {
        scheduler.addJob(job(type, recovered), true);
    }

    private static JobDetail job(Class<? extends Job> type, boolean recovered) {
        return JobBuilder.newJob(type)
                .withIdentity(type.getSimpleName())
                .storeDurably()
                .requestRecovery(recovered)
                .build();
    }

    void start() throws SchedulerException {
        clock.start();
        tasks.start();
    }

    /** No further alarm fires. */
    void standBy() throws SchedulerException {
        clock.standby();
        tasks.standby();
    }

    void shutDown() throws SchedulerException {
        clock.shutdown(false);
        tasks.shutdown(false);
    }

    /** Looks at a DAG at that time. */
    void armDag(Map<String, Instant> dags) throws SchedulerException {
        var triggers = new HashSet<Trigger>();
        dags.forEach((dag, at) -> triggers.add(trigger(DagTick.class, dag, Map.of(DAG, dag))
                .startAt(Date.from(at))
                .build()));
        arm(clock, DagTick.class, false, triggers);
    }

    /** Looks at a run at that time. */
    void armRun(long run, Instant at) throws SchedulerException {
        arm(
                clock,
                RunTick.class,
                false,
                Set.of(trigger(RunTick.class, String.valueOf(run), Map.of(RUN, String.valueOf(run)))
                        .startAt(Date.from(at))
                        .build()));
    }

    /** Begins tries as soon as a thread is free; one that is armed already is armed anew. */
    void armTries(Collection<TryKey> tries) throws SchedulerException {
        var triggers = new HashSet<Trigger>();
        for (var key : tries) {
            var data = Map.of(
                    DAG, key.dagId(),
                    RUN, key.runId(),
                    TASK, key.taskId(),
                    TRY, String.valueOf(key.tryNumber()));
            triggers.add(trigger(TaskTry.class, key.toString(), data).startNow().build());
        }
        arm(tasks, TaskTry.class, true, triggers);
    }

    private static void arm(
            Scheduler scheduler, Class<? extends Job> type, boolean recovered, Set<? extends Trigger> triggers)
            throws SchedulerException {
        if (!triggers.isEmpty()) {
            var plan = new HashMap<JobDetail, Set<? extends Trigger>>();
            plan.put(job(type, recovered), triggers);
            scheduler.scheduleJobs(plan, true);
        }
    }

    private static TriggerBuilder<?> trigger(Class<? extends Job> type, String name, Map<String, String> data) {
        var builder = TriggerBuilder.newTrigger()
                .withIdentity(shortened(name), type.getSimpleName())
                .forJob(type.getSimpleName())
                .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow());
        data.forEach(builder::usingJobData);
        return builder;
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, 100) + "-" + Hash.of(List.of(name));
    }

    /** Of these tries, those that no alarm will begin. */
    List<TryKey> withoutAlarm(Collection<TryKey> tries) throws SchedulerException {
        var lost = new java.util.ArrayList<TryKey>();
        for (var key : tries) {
            var trigger = TriggerKey.triggerKey(shortened(key.toString()), TaskTry.class.getSimpleName());
            if (tasks.getTriggerState(trigger) != Trigger.TriggerState.NORMAL || isBusyNoMore()) {
                lost.add(key);
            }
        }
        return lost;
    }

    /** A free thread here, and yet an alarm that should have fired: its row hangs in a state that nobody ends. */
    private boolean isBusyNoMore() throws SchedulerException {
        return tasks.getCurrentlyExecutingJobs().size() < tasks.getMetaData().getThreadPoolSize();
    }
}

package org.regionaldoughnut.schedule.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.regionaldoughnut.schedule.engine.Reports;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.TaskState;
import org.regionaldoughnut.schedule.store.Criteria;
import org.regionaldoughnut.schedule.store.Effects;
import org.regionaldoughnut.schedule.store.ScheduleStore;
import org.regionaldoughnut.schedule.store.StoreException;

/** Numbers of one node, and of the database where they are asked for. */
public final class Metrics implements Reports {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    public Metrics(ScheduleStore store) {
        Gauge.builder("doughnut_schedule_up", () -> store.isHealthy() ? 1 : 0)
                .description("Whether the database answers")
                .register(registry);
        for (var state : new String[] {"queued", "running"}) {
            Gauge.builder(
                            "doughnut_schedule_runs",
                            () -> count(() -> store.runs()
                                    .list(Criteria.all().with("state", state).page(1, 0))
                                    .total()))
                    .tag("state", state)
                    .description("Runs in this state")
                    .register(registry);
        }
        for (var state : new String[] {"scheduled", "queued", "running", "up_for_retry"}) {
            Gauge.builder(
                            "doughnut_schedule_tasks",
                            () -> count(() -> store.tasks()
                                    .list(Criteria.all().with("state", state).page(1, 0))
                                    .total()))
                    .tag("state", state)
                    .description("Tasks in this state")
                    .register(registry);
        }
        Gauge.builder(
                        "doughnut_schedule_nodes",
                        () -> count(() -> store.nodes().running().size()))
                .description("Nodes that run")
                .register(registry);
    }

    private interface Counting {
        long count();
    }

    private static double count(Counting counting) {
        try {
            return counting.count();
        } catch (StoreException e) {
            return Double.NaN;
        }
    }

    /** In the text format of Prometheus. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void tryEnded(String dagId, String taskId, TaskState state, Duration took, Duration waited) {
        Timer.builder("doughnut_schedule_try")
                .description("How long tries took")
                .tag("dag_id", dagId)
                .tag("task_id", taskId)
                .tag("state", state.word())
                .register(registry)
                .record(took);
        Timer.builder("doughnut_schedule_try_wait")
                .description("From the slot to the beginning of a try")
                .register(registry)
                .record(waited);
    }

    @Override
    public void runEnded(Effects.EndedRun ended) {
        Counter.builder("doughnut_schedule_run_ended")
                .description("Runs that ended")
                .tag("dag_id", ended.dagId())
                .tag("state", ended.success() ? "success" : "failed")
                .register(registry)
                .increment();
    }

    @Override
    public void runLate(DagRun run) {
        Counter.builder("doughnut_schedule_run_late")
                .description("Runs that were not done by their deadline")
                .tag("dag_id", run.dagId())
                .register(registry)
                .increment();
    }

    @Override
    public void nodeLost(String node, int tasks) {
        Counter.builder("doughnut_schedule_tasks_taken_over")
                .description("Tasks taken over from lost nodes")
                .register(registry)
                .increment(tasks);
    }

    @Override
    public void runCreated(String dagId, Duration lag) {
        Timer.builder("doughnut_schedule_run_lag")
                .description("From when a run was due to when it was made")
                .register(registry)
                .record(lag);
    }
}

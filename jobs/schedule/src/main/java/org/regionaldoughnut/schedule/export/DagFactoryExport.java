package org.regionaldoughnut.schedule.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.model.Schedule;
import org.regionaldoughnut.schedule.model.TaskDefinition;
import org.regionaldoughnut.schedule.model.Work;

/** Writes DAGs in the YAML of dag-factory 1.x. */
public final class DagFactoryExport {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build());
    /** Values that are no plain YAML name their class here, their arguments stand beside it. */
    private static final String TYPE = "__type__";

    private static final String OPERATORS = "airflow.providers.standard.operators.";

    private final AirflowExport commands;

    /** @param command the words that start the product on Airflow's workers, up to the verb */
    public DagFactoryExport(List<String> command) {
        this.commands = new AirflowExport(command);
    }

    /** One file for all. */
    public String yaml(List<Dag> dags) {
        var root = YAML.createObjectNode();
        dags.forEach(dag -> root.set(dag.dagId(), dag(dag)));
        try {
            return YAML.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a DAG has no YAML form", e);
        }
    }

    private ObjectNode dag(Dag dag) {
        var node = YAML.createObjectNode();
        var defaults = node.putObject("default_args");
        defaults.put("start_date", dag.startDate().atOffset(ZoneOffset.UTC).toString());
        dag.endDate()
                .ifPresent(at ->
                        defaults.put("end_date", at.atOffset(ZoneOffset.UTC).toString()));
        dag.description().ifPresent(text -> node.put("description", text));
        node.put("dag_display_name", dag.title());
        switch (dag.schedule().kind()) {
            case NONE -> node.putNull("schedule");
            case ASSETS -> {
                var assets = node.putArray("schedule");
                dag.schedule().assets().forEach(assets::add);
            }
            default -> schedule(dag, node);
        }
        node.put("catchup", dag.catchup());
        node.put("max_active_runs", dag.maxActiveRuns());
        node.put("max_active_tasks", dag.maxActiveTasks());
        dag.runTimeout().ifPresent(time -> seconds(node, "dagrun_timeout", time));
        node.put("is_paused_upon_creation", dag.pausedUponCreation());
        node.set("params", dag.params());
        dag.tags().forEach(node.putArray("tags")::add);
        var tasks = node.putObject("tasks");
        dag.tasks().forEach(task -> tasks.set(task.taskId(), task(task)));
        return node;
    }

    /** A plain cron string would be read in UTC and as a trigger: timetable and zone are said. */
    private static void schedule(Dag dag, ObjectNode node) {
        if (dag.schedule().kind() != Schedule.Kind.CRON) {
            node.put("schedule", dag.schedule().expression());
            return;
        }
        node.putObject("schedule")
                .put(
                        TYPE,
                        dag.schedule().dataInterval()
                                ? "airflow.timetables.interval.CronDataIntervalTimetable"
                                : "airflow.timetables.trigger.CronTriggerTimetable")
                .put("cron", dag.schedule().expression())
                .put("timezone", dag.zone().getId());
    }

    private static void seconds(ObjectNode node, String key, Duration time) {
        node.putObject(key).put(TYPE, "datetime.timedelta").put("seconds", time.toSeconds());
    }

    private ObjectNode task(TaskDefinition task) {
        var node = YAML.createObjectNode();
        var empty = task.work().kind() == Work.Kind.EMPTY;
        node.put("operator", OPERATORS + (empty ? "empty.EmptyOperator" : "bash.BashOperator"));
        if (!empty) {
            node.put("bash_command", commands.bash(task.work()));
            node.put("append_env", true);
            if (!task.work().environment().isEmpty()) {
                node.set("env", YAML.valueToTree(task.work().environment()));
            }
        }
        node.put("owner", task.owner());
        node.put("trigger_rule", task.triggerRule().word());
        node.put("pool", task.pool());
        node.put("pool_slots", task.poolSlots());
        node.put("priority_weight", task.priorityWeight());
        node.put("weight_rule", "absolute");
        node.put("retries", task.retry().retries());
        seconds(node, "retry_delay", task.retry().delay());
        node.put("retry_exponential_backoff", task.retry().backoff());
        seconds(node, "max_retry_delay", task.retry().maxDelay());
        task.executionTimeout().ifPresent(time -> seconds(node, "execution_timeout", time));
        node.put("depends_on_past", task.dependsOnPast());
        if (!task.outlets().isEmpty()) {
            task.outlets().forEach(node.putArray("outlets")::add);
        }
        if (!task.upstream().isEmpty()) {
            task.upstream().forEach(node.putArray("dependencies")::add);
        }
        return node;
    }
}

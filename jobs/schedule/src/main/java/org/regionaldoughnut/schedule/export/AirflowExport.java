package org.regionaldoughnut.schedule.export;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.model.Schedule;
import org.regionaldoughnut.schedule.model.TaskDefinition;
import org.regionaldoughnut.schedule.model.Work;

/** Writes DAGs for Airflow 3: each task is a BashOperator that calls our step. */
public final class AirflowExport {
    private final List<String> command;

    /** @param command the words that start the product on Airflow's workers, up to the verb */
    public AirflowExport(List<String> command) {
        this.command = List.copyOf(command);
    }

    /** A DAG file in Python. */
    public String python(Dag dag) {
        var bash = dag.tasks().stream().anyMatch(task -> task.work().kind() != Work.Kind.EMPTY);
        var empty = dag.tasks().stream().anyMatch(task -> task.work().kind() == Work.Kind.EMPTY);
        var lines = new ArrayList<String>();
        lines.add("# " + dag.title().replace('\n', ' ') + ". Written by 'doughnut schedule export airflow'.");
        lines.add("from datetime import timedelta");
        lines.add("");
        lines.add("import pendulum");
        lines.add("from airflow.sdk import DAG, Asset");
        if (bash) {
            lines.add("from airflow.providers.standard.operators.bash import BashOperator");
        }
        if (empty) {
            lines.add("from airflow.providers.standard.operators.empty import EmptyOperator");
        }
        timetableImport(dag, lines);
        lines.add("");
        lines.add("with DAG(");
        lines.add("    dag_id=" + Python.text(dag.dagId()) + ",");
        lines.add("    dag_display_name=" + Python.text(dag.title()) + ",");
        dag.description().ifPresent(text -> lines.add("    description=" + Python.text(text) + ","));
        lines.add("    schedule=" + schedule(dag) + ",");
        lines.add("    start_date=pendulum.parse("
                + Python.text(dag.startDate().atOffset(ZoneOffset.UTC).toString()) + ").in_timezone("
                + Python.text(dag.zone().getId()) + "),");
        dag.endDate()
                .ifPresent(at -> lines.add("    end_date=pendulum.parse("
                        + Python.text(at.atOffset(ZoneOffset.UTC).toString()) + "),"));
        lines.add("    catchup=" + Python.bool(dag.catchup()) + ",");
        lines.add("    max_active_runs=" + dag.maxActiveRuns() + ",");
        lines.add("    max_active_tasks=" + dag.maxActiveTasks() + ",");
        dag.runTimeout().ifPresent(time -> lines.add("    dagrun_timeout=" + delta(time) + ","));
        lines.add("    is_paused_upon_creation=" + Python.bool(dag.pausedUponCreation()) + ",");
        lines.add("    params=" + Python.value(dag.params()) + ",");
        lines.add("    tags=" + Python.texts(dag.tags()) + ",");
        lines.add("):");
        var names = new TreeMap<String, String>();
        for (var task : dag.tasks()) {
            names.put(task.taskId(), "task_" + names.size());
            task(task, names.get(task.taskId()), lines);
        }
        for (var task : dag.tasks()) {
            for (var upstream : task.upstream()) {
                lines.add("    " + names.get(upstream) + " >> " + names.get(task.taskId()));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static void timetableImport(Dag dag, List<String> lines) {
        if (dag.schedule().kind() == Schedule.Kind.CRON) {
            lines.add("from airflow.timetables." + (dag.schedule().dataInterval() ? "interval" : "trigger") + " import "
                    + timetable(dag));
        }
    }

    private static String timetable(Dag dag) {
        return dag.schedule().dataInterval() ? "CronDataIntervalTimetable" : "CronTriggerTimetable";
    }

    private static String schedule(Dag dag) {
        return switch (dag.schedule().kind()) {
            case NONE -> "None";
            case ONCE, CONTINUOUS -> Python.text(dag.schedule().expression());
            case ASSETS ->
                dag.schedule().assets().stream().map(AirflowExport::asset).collect(Collectors.joining(", ", "[", "]"));
            case CRON ->
                timetable(dag) + "(" + Python.text(dag.schedule().expression()) + ", timezone="
                        + Python.text(dag.zone().getId()) + ")";
        };
    }

    private static String asset(String name) {
        return "Asset(" + Python.text(name) + ")";
    }

    private static String delta(Duration time) {
        return "timedelta(seconds=" + time.toSeconds() + ")";
    }

    private void task(TaskDefinition task, String name, List<String> lines) {
        var empty = task.work().kind() == Work.Kind.EMPTY;
        lines.add("    " + name + " = " + (empty ? "EmptyOperator(" : "BashOperator("));
        lines.add("        task_id=" + Python.text(task.taskId()) + ",");
        if (!empty) {
            lines.add("        bash_command=" + Python.text(bash(task.work())) + ",");
            lines.add("        append_env=True,");
            if (!task.work().environment().isEmpty()) {
                lines.add("        env={"
                        + new TreeMap<>(task.work().environment())
                                .entrySet().stream()
                                        .map(e -> Python.text(e.getKey()) + ": " + Python.text(e.getValue()))
                                        .collect(Collectors.joining(", "))
                        + "},");
            }
        }
        task.docs().ifPresent(text -> lines.add("        doc_md=" + Python.text(text) + ","));
        lines.add("        owner=" + Python.text(task.owner()) + ",");
        lines.add("        trigger_rule=" + Python.text(task.triggerRule().word()) + ",");
        lines.add("        pool=" + Python.text(task.pool()) + ",");
        lines.add("        pool_slots=" + task.poolSlots() + ",");
        lines.add("        priority_weight=" + task.priorityWeight() + ",");
        lines.add("        weight_rule=\"absolute\",");
        lines.add("        retries=" + task.retry().retries() + ",");
        lines.add("        retry_delay=" + delta(task.retry().delay()) + ",");
        lines.add("        retry_exponential_backoff=" + task.retry().backoff() + ",");
        lines.add("        max_retry_delay=" + delta(task.retry().maxDelay()) + ",");
        task.executionTimeout().ifPresent(time -> lines.add("        execution_timeout=" + delta(time) + ","));
        lines.add("        depends_on_past=" + Python.bool(task.dependsOnPast()) + ",");
        if (!task.outlets().isEmpty()) {
            lines.add("        outlets="
                    + task.outlets().stream().map(AirflowExport::asset).collect(Collectors.joining(", ", "[", "]"))
                    + ",");
        }
        lines.add("    )");
    }

    /** A trailing blank keeps Airflow from taking a command that ends in .sh for the name of a template file. */
    String bash(Work work) {
        if (work.kind() == Work.Kind.BASH) {
            return work.command().stripTrailing().endsWith(".sh")
                    ? work.command().stripTrailing() + " "
                    : work.command();
        }
        var words = new ArrayList<>(command);
        words.add(work.command());
        words.addAll(work.arguments());
        if (!words.contains("--json")) {
            words.add("--json");
        }
        return words.stream().map(AirflowExport::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}

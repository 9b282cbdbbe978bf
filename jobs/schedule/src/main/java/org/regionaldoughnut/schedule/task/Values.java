package org.regionaldoughnut.schedule.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.DataInterval;

/** What names in templates stand for in one try. */
public final class Values {
    private static final DateTimeFormatter DS = format("yyyy-MM-dd");
    private static final DateTimeFormatter DS_NODASH = format("yyyyMMdd");
    private static final DateTimeFormatter TS = format("yyyy-MM-dd'T'HH:mm:ssxxx");
    private static final DateTimeFormatter TS_NODASH = format("yyyyMMdd'T'HHmmss");
    private static final DateTimeFormatter TS_NODASH_TZ = format("yyyyMMdd'T'HHmmssxx");

    private final Dag dag;
    private final DagRun run;
    private final String taskId;
    private final int tryNumber;
    private final Map<String, String> variables;

    /** @param variables of the office: {@code var.value.x} */
    public Values(Dag dag, DagRun run, String taskId, int tryNumber, Map<String, String> variables) {
        this.dag = dag;
        this.run = run;
        this.taskId = taskId;
        this.tryNumber = tryNumber;
        this.variables = variables;
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** @param filter null for none */
    String get(String name, String filter) {
        var time = time(name);
        if (filter != null) {
            return formatted(
                    time.orElseThrow(() -> new IllegalArgumentException(
                            "'" + name + "' is no time, so '| " + filter + "' says nothing of it")),
                    filter);
        }
        return switch (name) {
            case "ds", "ds_nodash", "ts", "ts_nodash", "ts_nodash_with_tz" -> formatted(date(), name);
            case "run_id", "dag_run.run_id" -> run.runId();
            case "dag.dag_id" -> dag.dagId();
            case "task.task_id" -> taskId;
            case "ti.try_number" -> String.valueOf(tryNumber);
            case "params" -> params().toString();
            case "dag_run.conf" -> run.conf().toString();
            default -> time.map(TS::format).orElseGet(() -> looked(name));
        };
    }

    private static String formatted(Instant time, String how) {
        return switch (how) {
            case "ds" -> DS.format(time);
            case "ds_nodash" -> DS_NODASH.format(time);
            case "ts" -> TS.format(time);
            case "ts_nodash" -> TS_NODASH.format(time);
            case "ts_nodash_with_tz" -> TS_NODASH_TZ.format(time);
            default ->
                throw new IllegalArgumentException(
                        "unknown filter '" + how + "'." + NearMiss.hint(how, Template.FILTERS));
        };
    }

    /** A run that stands for no date has its due time. */
    private Instant date() {
        return run.logicalDate().orElse(run.runAfter());
    }

    private Optional<Instant> time(String name) {
        return switch (name) {
            case "logical_date", "dag_run.logical_date" -> Optional.of(date());
            case "data_interval_start" ->
                Optional.of(run.interval().map(DataInterval::start).orElse(date()));
            case "data_interval_end" ->
                Optional.of(run.interval().map(DataInterval::end).orElse(date()));
            default -> Optional.empty();
        };
    }

    private String looked(String name) {
        if (name.startsWith("params.")) {
            return text(name, params(), name.substring("params.".length()));
        }
        if (name.startsWith("dag_run.conf.")) {
            return text(name, run.conf(), name.substring("dag_run.conf.".length()));
        }
        if (name.startsWith("var.value.")) {
            var key = name.substring("var.value.".length());
            return Optional.ofNullable(variables.get(key))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "there is no variable '" + key + "'." + NearMiss.hint(key, variables.keySet())));
        }
        throw new IllegalArgumentException(
                "unknown name '" + name + "' in a template." + NearMiss.hint(name, Template.NAMES));
    }

    /** The DAG's params, replaced by what the run was started with. */
    private JsonNode params() {
        var merged = dag.params().deepCopy();
        if (merged instanceof com.fasterxml.jackson.databind.node.ObjectNode object) {
            run.conf().fields().forEachRemaining(field -> {
                if (object.has(field.getKey())) {
                    object.set(field.getKey(), field.getValue());
                }
            });
        }
        return merged;
    }

    private static String text(String name, JsonNode tree, String path) {
        var node = tree;
        for (var key : path.split("\\.")) {
            node = node.path(key);
        }
        if (node.isMissingNode()) {
            throw new IllegalArgumentException("'" + name + "' has no value in this run");
        }
        return node.isTextual() ? node.asText() : node.toString();
    }
}

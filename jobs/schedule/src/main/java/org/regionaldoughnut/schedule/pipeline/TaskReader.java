package org.regionaldoughnut.schedule.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.office.PipelineFile;
import org.regionaldoughnut.office.Problem;
import org.regionaldoughnut.schedule.model.Pool;
import org.regionaldoughnut.schedule.model.Retry;
import org.regionaldoughnut.schedule.model.TaskDefinition;
import org.regionaldoughnut.schedule.model.TriggerRule;
import org.regionaldoughnut.schedule.model.Work;
import org.regionaldoughnut.schedule.task.Template;

/** One entry of {@code tasks}. */
final class TaskReader {
    private final PipelineFile file;
    private final String id;
    private final JsonNode own;
    private final JsonNode defaults;
    private final Set<String> verbs;
    private final JsonNode params;
    private final List<Problem> problems;

    TaskReader(
            PipelineFile file,
            String id,
            JsonNode defaults,
            Set<String> verbs,
            JsonNode params,
            List<Problem> problems) {
        this.file = file;
        this.id = id;
        this.own = file.root().path("tasks").path(id);
        this.defaults = defaults;
        this.verbs = verbs;
        this.params = params;
        this.problems = problems;
    }

    TaskDefinition read() {
        return new TaskDefinition(
                id,
                own.hasNonNull("doc_md") ? Optional.of(own.get("doc_md").asText()) : Optional.empty(),
                value("owner").asText(TaskDefinition.DEFAULT_OWNER),
                work(),
                DagReader.words(own.path("dependencies")),
                TriggerRule.of(value("trigger_rule").asText(TriggerRule.ALL_SUCCESS.word())),
                value("pool").asText(Pool.DEFAULT),
                value("pool_slots").asInt(1),
                value("priority_weight").asInt(1),
                retry(),
                duration("execution_timeout"),
                value("depends_on_past").asBoolean(false),
                DagReader.words(own.path("outlets")));
    }

    private JsonNode value(String key) {
        return own.has(key) ? own.get(key) : defaults.path(key);
    }

    private Work work() {
        var step = own.has("step");
        var bash = own.has("bash_command");
        var operator = own.path("operator").asText("");
        var named = operator.substring(operator.lastIndexOf('.') + 1);
        if (step && bash) {
            problem("", "it has both a step and a bash_command: give one");
        }
        var kind = bash ? Work.Kind.BASH : step ? Work.Kind.STEP : Work.Kind.EMPTY;
        if (!named.isEmpty() && !named.equals(kind.operator())) {
            problem(
                    "/operator",
                    "a " + named + " needs "
                            + switch (named) {
                                case "BashOperator" -> "a bash_command, and no step";
                                case "StepOperator" -> "a step, and no bash_command";
                                default -> "neither step nor bash_command";
                            });
        }
        if (kind != Work.Kind.STEP && (own.has("arguments") || own.has("run_in"))) {
            problem("", "arguments and run_in belong to a step");
        }
        Map<String, String> environment = new HashMap<>();
        own.path("env")
                .fields()
                .forEachRemaining(e -> environment.put(e.getKey(), e.getValue().asText()));
        environment.forEach((name, text) -> template("/env/" + name, text));
        var place = own.has("run_in")
                ? Optional.of(Work.Place.valueOf(own.get("run_in").asText().toUpperCase(Locale.ROOT)))
                : Optional.<Work.Place>empty();
        if (kind == Work.Kind.BASH) {
            template("/bash_command", own.get("bash_command").asText());
            return new Work(kind, own.get("bash_command").asText(), List.of(), place, environment);
        }
        if (kind == Work.Kind.EMPTY) {
            return new Work(kind, "", List.of(), place, environment);
        }
        var verb = own.get("step").asText();
        if (!verbs.contains(verb)) {
            problem(
                    "/step",
                    "'" + verb + "' is no step." + NearMiss.hint(verb, verbs) + " Known are: "
                            + String.join(", ", verbs.stream().sorted().toList()));
        }
        var arguments = DagReader.words(own.path("arguments"));
        for (var i = 0; i < arguments.size(); i++) {
            template("/arguments/" + i, arguments.get(i));
        }
        return new Work(kind, verb, arguments, place, environment);
    }

    private Retry retry() {
        var backoff = value("retry_exponential_backoff");
        return new Retry(
                value("retries").asInt(0),
                duration("retry_delay").orElse(Retry.NONE.delay()),
                backoff.isBoolean() ? (backoff.asBoolean() ? 2 : 0) : backoff.asDouble(0),
                duration("max_retry_delay").orElse(Retry.NONE.maxDelay()));
    }

    private Optional<Duration> duration(String key) {
        var at = own.has(key) ? pointer("/" + key) : "/default_args/" + key;
        return Durations.read(value(key), message -> problems.add(file.problem(at, message)));
    }

    private void template(String pointer, String text) {
        new Template(text).problems(params).forEach(message -> problem(pointer, message));
    }

    private void problem(String pointer, String message) {
        problems.add(file.problem(pointer(pointer), "the task '" + id + "': " + message));
    }

    private String pointer(String below) {
        return "/tasks/" + id.replace("~", "~0").replace("/", "~1") + below;
    }
}

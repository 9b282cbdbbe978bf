package org.regionaldoughnut.schedule.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.office.PipelineFile;
import org.regionaldoughnut.office.Problem;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.model.Schedule;
import org.regionaldoughnut.schedule.model.TaskDefinition;
import org.regionaldoughnut.schedule.timetable.Timetable;

/** One file to one DAG. */
final class DagReader {
    /** Without a start date and without catch-up, when the first run could have been does not matter. */
    private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");

    private final PipelineFile file;
    private final String name;
    private final JsonNode root;
    private final Set<String> verbs;
    private final List<Problem> problems;
    private final ZoneId zone;

    DagReader(PipelineFile file, String name, ZoneId officeZone, Set<String> verbs, List<Problem> problems) {
        this.file = file;
        this.name = name;
        this.root = file.root();
        this.verbs = verbs;
        this.problems = problems;
        this.zone = zone(officeZone);
    }

    Dag read() {
        var id = root.path("dag_id").asText();
        var expected = file.path().getFileName().toString().replaceFirst("[.]yaml$", "");
        if (!id.equals(expected)) {
            problem("/dag_id", "the id '" + id + "' differs from the file's name " + expected);
        }
        var schedule = schedule();
        var catchup = root.path("catchup").asBoolean(false);
        if (!root.has("start_date") && (catchup || schedule.kind() == Schedule.Kind.ONCE)) {
            problem(catchup ? "/catchup" : "/schedule", "a start_date is needed with catchup and with @once");
        }
        var runs = root.path("max_active_runs").asInt(Dag.MAX_ACTIVE_RUNS);
        var continuous = schedule.kind() == Schedule.Kind.CONTINUOUS;
        if (continuous && root.has("max_active_runs") && runs != 1) {
            problem("/max_active_runs", "@continuous runs one after the other: max_active_runs can only be 1");
        }
        var start = date("start_date").orElse(LONG_AGO);
        var end = date("end_date");
        if (end.isPresent() && end.get().isBefore(start)) {
            problem("/end_date", "the end_date is before the start_date");
        }
        var params = root.has("params") ? root.get("params") : JsonNodeFactory.instance.objectNode();
        return new Dag(
                id,
                root.path("title").asText(id),
                text("description"),
                text("doc_md"),
                name,
                words(root.path("tags")),
                schedule,
                zone,
                start,
                end,
                catchup,
                continuous ? 1 : runs,
                root.path("max_active_tasks").asInt(Dag.MAX_ACTIVE_TASKS),
                duration("dagrun_timeout"),
                duration("deadline"),
                root.path("is_paused_upon_creation").asBoolean(false),
                params,
                tasks(params));
    }

    private Schedule schedule() {
        var given = root.path("schedule");
        if (given.isMissingNode() || given.isNull()) {
            return Schedule.none();
        }
        if (given.isTextual()) {
            return cron("/schedule", given.asText(), false);
        }
        if (given.isArray()) {
            return Schedule.onAssets(words(given));
        }
        if (given.has("assets") == given.has("cron")) {
            problem("/schedule", "give either cron or assets");
            return Schedule.none();
        }
        return given.has("assets")
                ? Schedule.onAssets(words(given.path("assets")))
                : cron(
                        "/schedule/cron",
                        given.path("cron").asText(),
                        given.path("timetable").asText("trigger").equals("data_interval"));
    }

    private Schedule cron(String pointer, String expression, boolean dataInterval) {
        switch (expression) {
            case "@once":
                return Schedule.once();
            case "@continuous":
                return Schedule.continuous();
            case "None":
                return Schedule.none();
            default:
                try {
                    Timetable.check(expression);
                } catch (IllegalArgumentException e) {
                    problem(pointer, e.getMessage());
                }
                return Schedule.cron(expression, dataInterval);
        }
    }

    private List<TaskDefinition> tasks(JsonNode params) {
        var tasks = new LinkedHashMap<String, TaskDefinition>();
        var ids = new ArrayList<String>();
        root.path("tasks").fieldNames().forEachRemaining(ids::add);
        for (var id : ids) {
            var task = new TaskReader(file, id, root.path("default_args"), verbs, params, problems).read();
            for (var upstream : task.upstream()) {
                if (!ids.contains(upstream)) {
                    problem(
                            "/tasks/" + id + "/dependencies",
                            "the task '" + id + "' depends on '" + upstream + "', and there is no such task."
                                    + NearMiss.hint(upstream, ids));
                }
            }
            tasks.put(id, task);
        }
        return inOrder(tasks);
    }

    /** Each task after those it waits for; otherwise in the order of the file. */
    private List<TaskDefinition> inOrder(Map<String, TaskDefinition> tasks) {
        var ordered = new ArrayList<TaskDefinition>();
        var state = new HashMap<String, Boolean>();
        for (var id : tasks.keySet()) {
            visit(id, tasks, state, new ArrayList<>(), ordered);
        }
        return ordered;
    }

    /** @param state false while a task's ancestors are visited, true afterwards */
    private void visit(
            String id,
            Map<String, TaskDefinition> tasks,
            Map<String, Boolean> state,
            List<String> path,
            List<TaskDefinition> ordered) {
        var known = state.get(id);
        if (known != null || !tasks.containsKey(id)) {
            if (Boolean.FALSE.equals(known)) {
                var circle = new ArrayList<>(path.subList(path.indexOf(id), path.size()));
                circle.add(id);
                problem("/tasks/" + id, "the tasks wait for each other: " + String.join(" waits for ", circle));
            }
            return;
        }
        state.put(id, false);
        path.add(id);
        for (var upstream : tasks.get(id).upstream()) {
            visit(upstream, tasks, state, path, ordered);
        }
        path.remove(path.size() - 1);
        state.put(id, true);
        ordered.add(tasks.get(id));
    }

    private ZoneId zone(ZoneId officeZone) {
        if (!root.has("timezone")) {
            return officeZone;
        }
        var given = root.path("timezone").asText();
        try {
            return ZoneId.of(given);
        } catch (DateTimeException e) {
            problem(
                    "/timezone",
                    "unknown time zone '" + given + "'." + NearMiss.hint(given, ZoneId.getAvailableZoneIds()));
            return officeZone;
        }
    }

    private Optional<Instant> date(String key) {
        if (!root.has(key)) {
            return Optional.empty();
        }
        var given = root.path(key).asText();
        try {
            if (given.length() == 10) {
                return Optional.of(LocalDate.parse(given).atStartOfDay(zone).toInstant());
            }
            var iso = given.replace(' ', 'T');
            return Optional.of(
                    iso.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})$")
                            ? OffsetDateTime.parse(iso).toInstant()
                            : LocalDateTime.parse(iso).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            problem("/" + key, "'" + given + "' is no date: write 2024-01-31 or 2024-01-31T02:30:00");
            return Optional.empty();
        }
    }

    private Optional<Duration> duration(String key) {
        return Durations.read(root.path(key), message -> problem("/" + key, message));
    }

    private Optional<String> text(String key) {
        return root.hasNonNull(key) ? Optional.of(root.get(key).asText()) : Optional.empty();
    }

    static List<String> words(JsonNode list) {
        var words = new ArrayList<String>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }

    private void problem(String pointer, String message) {
        problems.add(file.problem(pointer, message));
    }
}

package org.regionaldoughnut.schedule.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.regionaldoughnut.schedule.model.TaskInstance;
import org.regionaldoughnut.schedule.model.TryKey;
import org.regionaldoughnut.schedule.store.ScheduleStore;

/** Logs of tries: as JSON, as JSON lines or as text, whatever the caller accepts. */
final class LogRoutes {
    private static final int MOST_LINES = 5_000;
    private static final String LINES = "application/x-ndjson";

    private final ScheduleStore store;
    private final TryLogs logs;

    LogRoutes(ScheduleStore store, TryLogs logs) {
        this.store = store;
        this.logs = logs;
    }

    void add(RoutesConfig routes) {
        routes.get(
                "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/logs/{try_number}",
                this::log,
                Need.VIEWER);
    }

    private void log(Context request) {
        TaskInstance task = store.tasks()
                .require(request.pathParam("dag_id"), request.pathParam("dag_run_id"), request.pathParam("task_id"));
        int number = Math.toIntExact(DagRoutes.number(request.pathParam("try_number"), "try"));
        if (number < 1 || number > Math.max(1, task.tryNumber())) {
            throw Refusal.notFound("The task '" + task.taskId() + "' had no try " + number + " in this run.");
        }
        long from = token(request);
        List<TryLogs.Line> lines =
                logs.lines(new TryKey(task.dagId(), task.runId(), task.taskId(), number), from, MOST_LINES);
        Optional<String> more =
                lines.size() < MOST_LINES ? Optional.empty() : Optional.of(Long.toString(from + lines.size()));
        String accept = Optional.ofNullable(request.header("Accept")).orElse("");
        if (accept.contains(LINES) || accept.contains("text/plain")) {
            boolean json = accept.contains(LINES);
            more.ifPresent(token -> request.header("Airflow-Continuation-Token", token));
            request.contentType(json ? LINES : "text/plain; charset=utf-8")
                    .result(lines.stream()
                            .map(line -> json ? view(line).toString() : text(line))
                            .collect(Collectors.joining("\n", "", lines.isEmpty() ? "" : "\n")));
            return;
        }
        request.json(View.of()
                .list("content", lines, LogRoutes::view)
                .text("continuation_token", more)
                .node());
    }

    private static long token(Context request) {
        String token = request.queryParam("token");
        if (token == null || token.isBlank()) {
            return 0;
        }
        if (!token.matches("[0-9]{1,18}")) {
            throw Refusal.badRequest("Bad continuation token: take the one that an answer gave");
        }
        return Long.parseLong(token);
    }

    private static ObjectNode view(TryLogs.Line line) {
        return View.of().text("event", line.text()).time("timestamp", line.at()).node();
    }

    private static String text(TryLogs.Line line) {
        return line.at().map(at -> "[" + at + "] ").orElse("") + line.text();
    }
}

package org.regionaldoughnut.schedule.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.regionaldoughnut.schedule.log.TaskLog;
import org.regionaldoughnut.schedule.model.Work;
import org.regionaldoughnut.schedule.store.Flow;
import org.regionaldoughnut.schedule.store.Outcome;

/** Runs tries. */
public final class TaskRunner {
    static final int SKIPPED = 99;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Steps steps;
    private final Work.Place place;
    private final Path folder;
    private final Map<String, String> environment;
    private final Map<String, String> variables;

    /**
     * @param place where steps run that do not say so themselves
     * @param folder working directory of processes
     * @param environment of this process
     * @param variables of the office, for templates
     */
    public TaskRunner(
            Steps steps,
            Work.Place place,
            Path folder,
            Map<String, String> environment,
            Map<String, String> variables) {
        this.steps = steps;
        this.place = place;
        this.folder = folder;
        this.environment = Map.copyOf(environment);
        this.variables = Map.copyOf(variables);
    }

    /**
     * A try with its texts filled in.
     *
     * @param words what is run, word by word
     * @param added to the environment
     */
    public record Prepared(Work.Kind kind, Work.Place place, List<String> words, Map<String, String> added) {
        /** As the API shows it. */
        public JsonNode rendered() {
            var fields = MAPPER.createObjectNode();
            if (kind == Work.Kind.BASH) {
                fields.put("bash_command", words.get(0));
            } else {
                fields.set("arguments", MAPPER.valueToTree(words));
            }
            return fields;
        }
    }

    /** @throws IllegalArgumentException where a template cannot be filled in */
    public Prepared prepare(Flow.Begun begun) {
        var task = begun.dag().task(begun.task().taskId());
        var work = task.work();
        var values =
                new Values(begun.dag(), begun.run(), task.taskId(), begun.task().tryNumber(), variables);
        var added = new TreeMap<String, String>();
        context(begun).forEach(added::put);
        work.environment().forEach((name, value) -> added.put(name, new Template(value).fill(values)));
        var words = new ArrayList<String>();
        if (work.kind() == Work.Kind.BASH) {
            words.add(shell(work.command(), values, added));
        } else if (work.kind() == Work.Kind.STEP) {
            words.add(work.command());
            work.arguments().forEach(argument -> words.add(new Template(argument).fill(values)));
        }
        return new Prepared(work.kind(), work.place().orElse(place), words, added);
    }

    /** What whoever starts a run may choose freely reaches the shell as a variable, never as part of the command. */
    private static String shell(String command, Values values, Map<String, String> added) {
        var count = new int[1];
        return new Template(command).fill(values, (name, value) -> {
            if (!name.startsWith("params") && !name.startsWith("dag_run") && !name.equals("run_id")) {
                return value;
            }
            var variable = "DOUGHNUT_VALUE_" + ++count[0];
            added.put(variable, value);
            return "${" + variable + "}";
        });
    }

    private static Map<String, String> context(Flow.Begun begun) {
        var context = new HashMap<String, String>();
        context.put("AIRFLOW_CTX_DAG_ID", begun.run().dagId());
        context.put("AIRFLOW_CTX_TASK_ID", begun.task().taskId());
        context.put("AIRFLOW_CTX_DAG_RUN_ID", begun.run().runId());
        context.put("AIRFLOW_CTX_TRY_NUMBER", String.valueOf(begun.task().tryNumber()));
        begun.run().logicalDate().ifPresent(date -> context.put("AIRFLOW_CTX_LOGICAL_DATE", date.toString()));
        return context;
    }

    /** Runs it to its end. An interrupt of the calling thread stops it. */
    public Outcome run(Flow.Begun begun, Prepared prepared, TaskLog log) throws InterruptedException {
        var name = begun.task().key().toString();
        return switch (prepared.kind()) {
            case EMPTY -> Outcome.success(Optional.empty());
            case BASH -> process(List.of("/bin/bash", "-c", prepared.words().get(0)), prepared, log);
            case STEP -> step(name, prepared, log);
        };
    }

    private Outcome step(String name, Prepared prepared, TaskLog log) throws InterruptedException {
        var words = new ArrayList<String>();
        if (prepared.place() == Work.Place.FORK) {
            words.addAll(steps.fork());
        } else if (prepared.place() == Work.Place.SPARK_SUBMIT) {
            words.addAll(steps.submit());
        }
        words.addAll(prepared.words());
        if (!words.contains("--json")) {
            words.add("--json");
        }
        if (prepared.place() != Work.Place.SESSION) {
            return process(words, prepared, log);
        }
        var all = new HashMap<>(environment);
        all.putAll(prepared.added());
        log.line("doughnut " + String.join(" ", words));
        var out = new LastLine(log);
        var code = steps.run(name, words, all, out, log);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return outcome(code, out.last());
    }

    private Outcome process(List<String> words, Prepared prepared, TaskLog log) throws InterruptedException {
        var builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(false);
        builder.environment().putAll(prepared.added());
        log.line("$ " + String.join(" ", words));
        Process process;
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            return Outcome.failed("cannot be started: " + e.getMessage());
        }
        var note = new ProcessNote(log.processFile());
        note.write(process.toHandle());
        var out = new LastLine(log);
        var readers = List.of(
                StreamCopy.start(process.getInputStream(), out), StreamCopy.start(process.getErrorStream(), log));
        try {
            var code = process.waitFor();
            for (var reader : readers) {
                reader.join(PATIENCE.toMillis());
            }
            return outcome(code, out.last());
        } catch (InterruptedException e) {
            ProcessNote.stop(process.toHandle(), PATIENCE);
            throw e;
        } finally {
            note.remove();
        }
    }

    private static Outcome outcome(int code, Optional<String> last) {
        var value = last.flatMap(TaskRunner::json);
        if (code == 0) {
            return Outcome.success(value.or(() -> last.map(MAPPER.getNodeFactory()::textNode)));
        }
        if (code == SKIPPED) {
            return Outcome.skipped("exit code " + SKIPPED + ": nothing to do");
        }
        var message = value.map(tree -> tree.path("message").asText("")).filter(text -> !text.isEmpty());
        return Outcome.failed(
                "exit code " + code + message.map(text -> ": " + text).orElse(""));
    }

    private static Optional<JsonNode> json(String line) {
        if (!line.startsWith("{") && !line.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readTree(line));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}

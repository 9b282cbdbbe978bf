package org.regionaldoughnut.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.schedule.model.RunState;
import org.regionaldoughnut.schedule.model.TriggeredBy;
import org.regionaldoughnut.schedule.store.ClearRequest;
import org.regionaldoughnut.schedule.store.ScheduleStore;
import org.regionaldoughnut.schedule.store.TriggerRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that change what runs. */
final class ScheduleChanges {
    private ScheduleChanges() {}

    static DoughnutException unknown(String dagId, List<String> known) {
        return new DoughnutException(
                ExitCode.USAGE,
                "Cannot find the DAG '" + dagId + "': no pipeline has that name." + NearMiss.hint(dagId, known)
                        + " Known are: " + String.join(", ", known) + ".");
    }

    /** Where no node has run yet, the database does not know the DAGs: they are told to it. */
    static void known(ScheduleStore store, SchedulePlace place, String dagId) {
        if (store.dags().find(dagId).isEmpty() && store.nodes().running().isEmpty()) {
            var read = place.pipelines().read();
            store.sync().sync(read.dags(), read.broken());
        }
    }

    static JsonNode object(String option, String text) {
        try {
            var tree = new ObjectMapper().readTree(text);
            if (tree.isObject()) {
                return tree;
            }
        } catch (JsonProcessingException e) {
            throw new DoughnutException(
                    ExitCode.USAGE,
                    "Cannot read " + option + ": " + e.getOriginalMessage() + ". Give a JSON object.",
                    e);
        }
        throw new DoughnutException(
                ExitCode.USAGE, "Cannot read " + option + ": '" + text + "' is no JSON object. Give one.");
    }

    @Command(
            name = "trigger",
            header = "Starts a run by hand.",
            footer = {
                "",
                "Examples:",
                "  doughnut schedule trigger nightly-refresh",
                "  doughnut schedule trigger monthly-report --logical-date 2024-03-01 --wait",
                "  doughnut schedule trigger nightly-refresh --conf '{\"region\": \"UKC\"}'"
            })
    static final class Trigger extends ScheduleVerb {
        @Parameters(index = "0", paramLabel = "DAG", description = "The DAG.")
        String dagId;

        @Option(names = "--conf", paramLabel = "JSON", defaultValue = "{}", description = "Values for its templates.")
        String conf;

        @Option(names = "--run-id", paramLabel = "ID", description = "Name of the run (default: its time).")
        String runId;

        @Option(names = "--logical-date", paramLabel = "TIME", description = "Date the run stands for.")
        String logicalDate;

        @Option(names = "--wait", description = "Waits for its end; exit code 1 where it failed.")
        boolean wait;

        @Override
        public Integer call() {
            return withStore((store, place) -> {
                known(store, place, dagId);
                var request = TriggerRequest.now(dagId, TriggeredBy.CLI)
                        .with(object("--conf", conf))
                        .from(System.getProperty("user.name", "cli"));
                request = runId == null ? request : request.named(runId);
                request = logicalDate == null ? request : request.at(time("--logical-date", logicalDate));
                var run = store.runs().trigger(request);
                audit(store, "trigger", dagId, Optional.of(run.runId()), conf);
                var state = wait ? end(store, run.runId()) : run.state();
                var result = JsonLine.object()
                        .put("dag_id", dagId)
                        .put("run_id", run.runId())
                        .put("state", state.word());
                say("The run " + run.runId() + " of " + dagId + " is " + state.word() + ".", result);
                if (!wait && store.nodes().running().isEmpty()) {
                    err().println("No scheduler is running: it starts with 'doughnut schedule start'.");
                }
                return (state == RunState.FAILED ? ExitCode.INTERNAL_ERROR : ExitCode.DONE).code();
            });
        }

        private RunState end(ScheduleStore store, String run) {
            try {
                while (true) {
                    var state = store.runs().require(dagId, run).state();
                    if (state.isFinished()) {
                        return state;
                    }
                    Thread.sleep(500);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return RunState.RUNNING;
            }
        }
    }

    @Command(
            name = "clear",
            header = "Lets tasks of a run be done again; their tries so far are kept.",
            footer = {
                "",
                "Examples:",
                "  doughnut schedule clear nightly-refresh RUN --only-failed",
                "  doughnut schedule clear nightly-refresh RUN refresh --downstream --dry-run"
            })
    static final class Clear extends ScheduleVerb {
        @Parameters(index = "0", paramLabel = "DAG", description = "The DAG.")
        String dagId;

        @Parameters(index = "1", paramLabel = "RUN", description = "The run.")
        String runId;

        @Parameters(index = "2..*", paramLabel = "TASK", description = "Tasks (default: all).")
        List<String> tasks = new ArrayList<>();

        @Option(names = "--upstream", description = "Also what comes before them.")
        boolean upstream;

        @Option(names = "--downstream", description = "Also what comes after them.")
        boolean downstream;

        @Option(names = "--past", description = "Also in earlier runs.")
        boolean past;

        @Option(names = "--future", description = "Also in later runs.")
        boolean future;

        @Option(names = "--only-failed", description = "Only those that failed.")
        boolean onlyFailed;

        @Option(names = "--latest-version", description = "With the newest wording of the DAG.")
        boolean latest;

        @Option(names = "--dry-run", description = "Shows which, and changes nothing.")
        boolean dryRun;

        @Override
        public Integer call() {
            return withStore((store, place) -> {
                var cleared = store.runs()
                        .clear(ClearRequest.tasks(dagId, Optional.of(runId), tasks)
                                .with(ClearRequest.Option.UPSTREAM, upstream)
                                .with(ClearRequest.Option.DOWNSTREAM, downstream)
                                .with(ClearRequest.Option.FUTURE, future)
                                .with(ClearRequest.Option.PAST, past)
                                .with(ClearRequest.Option.ONLY_FAILED, onlyFailed)
                                .with(ClearRequest.Option.LATEST_VERSION, latest)
                                .with(ClearRequest.Option.DRY_RUN, dryRun));
                var result = JsonLine.object();
                var list = result.putArray(dryRun ? "would_clear" : "cleared");
                cleared.forEach(task -> list.add(task.runId() + "/" + task.taskId()));
                if (!dryRun) {
                    audit(store, "clear", dagId, Optional.of(runId), list.toString());
                }
                var names = new StringBuilder(dryRun ? "Would be cleared:" : "Cleared:");
                list.forEach(name ->
                        names.append(System.lineSeparator()).append("  ").append(name.asText()));
                return say(list.isEmpty() ? "Nothing to clear." : names.toString(), result);
            });
        }
    }

    private abstract static class Pausing extends ScheduleVerb {
        @Parameters(paramLabel = "DAG", arity = "1..*", description = "DAGs.")
        List<String> dagIds = new ArrayList<>();

        abstract boolean paused();

        @Override
        public Integer call() {
            return withStore((store, place) -> {
                var result = JsonLine.object();
                var word = paused() ? "paused" : "unpaused";
                for (var dagId : dagIds) {
                    known(store, place, dagId);
                    store.dags().setPaused(dagId, paused());
                    audit(store, paused() ? "pause" : "unpause", dagId, Optional.empty(), "");
                }
                dagIds.forEach(result.putArray(word)::add);
                return say(String.join(", ", dagIds) + (dagIds.size() == 1 ? " is " : " are ") + word + ".", result);
            });
        }
    }

    @Command(
            name = "pause",
            header = "Pauses DAGs: no run is made or started, what runs goes on.",
            footer = {"", "Examples:", "  doughnut schedule pause nightly-refresh"})
    static final class Pause extends Pausing {
        @Override
        boolean paused() {
            return true;
        }
    }

    @Command(
            name = "unpause",
            header = "Ends the pause of DAGs.",
            footer = {"", "Examples:", "  doughnut schedule unpause nightly-refresh"})
    static final class Unpause extends Pausing {
        @Override
        boolean paused() {
            return false;
        }
    }
}

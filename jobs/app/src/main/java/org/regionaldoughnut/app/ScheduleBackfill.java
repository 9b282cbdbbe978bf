package org.regionaldoughnut.app;

import java.util.Optional;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.schedule.model.ReprocessBehavior;
import org.regionaldoughnut.schedule.store.BackfillRequest;
import org.regionaldoughnut.schedule.store.Criteria;
import org.regionaldoughnut.schedule.store.ScheduleStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backfill",
        header = "Makes the runs of the past, or cancels, pauses, unpauses and lists such backfills.",
        footer = {
            "",
            "Examples:",
            "  doughnut schedule backfill monthly-report --from 2024-01-01 --to 2024-06-30 --dry-run",
            "  doughnut schedule backfill monthly-report --from 2024-01-01 --to 2024-06-30 --reprocess failed",
            "  doughnut schedule backfill --cancel 3",
            "  doughnut schedule backfill --list"
        })
final class ScheduleBackfill extends ScheduleVerb {
    @Parameters(index = "0", arity = "0..1", paramLabel = "DAG", description = "The DAG.")
    String dagId;

    @Option(names = "--from", paramLabel = "TIME", description = "First logical date.")
    String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Last logical date.")
    String to;

    @Option(
            names = "--reprocess",
            paramLabel = "WHICH",
            defaultValue = "none",
            description = "Runs that exist: none (default), failed or completed ones run again.")
    String reprocess;

    @Option(
            names = "--max-active-runs",
            paramLabel = "N",
            defaultValue = "10",
            description = "Runs at a time (default: 10).")
    int maxActiveRuns;

    @Option(names = "--conf", paramLabel = "JSON", defaultValue = "{}", description = "Values for the templates.")
    String conf;

    @Option(names = "--backwards", description = "The latest first.")
    boolean backwards;

    @Option(names = "--dry-run", description = "Shows which runs, and changes nothing.")
    boolean dryRun;

    @Option(names = "--cancel", paramLabel = "ID", description = "Cancels a backfill.")
    Long cancel;

    @Option(names = "--pause", paramLabel = "ID", description = "Pauses a backfill.")
    Long pause;

    @Option(names = "--unpause", paramLabel = "ID", description = "Ends its pause.")
    Long unpause;

    @Option(names = "--list", description = "Lists all backfills.")
    boolean list;

    @Override
    public Integer call() {
        return withStore((store, place) -> {
            if (list) {
                return list(store);
            }
            if (cancel != null || pause != null || unpause != null) {
                return change(store);
            }
            return create(store, place);
        });
    }

    private int create(ScheduleStore store, SchedulePlace place) {
        if (dagId == null || from == null || to == null) {
            throw new DoughnutException(
                    ExitCode.USAGE, "Cannot backfill: DAG, --from and --to are needed. See the examples of --help.");
        }
        ScheduleChanges.known(store, place, dagId);
        ReprocessBehavior behavior;
        try {
            behavior = ReprocessBehavior.of(reprocess);
        } catch (IllegalArgumentException e) {
            throw new DoughnutException(ExitCode.USAGE, "Cannot read --reprocess: " + e.getMessage(), e);
        }
        var request = new BackfillRequest(
                dagId,
                time("--from", from),
                time("--to", to),
                behavior,
                maxActiveRuns,
                backwards,
                true,
                ScheduleChanges.object("--conf", conf));
        var runs = store.backfills().dryRun(request);
        var result = JsonLine.object();
        var dates = result.putArray("logical_dates");
        runs.forEach(due -> dates.add(due.logicalDate().toString()));
        if (dryRun) {
            return say(
                    runs.size() + " runs would be made"
                            + (runs.isEmpty()
                                    ? "."
                                    : ", from " + runs.get(0).logicalDate() + " to "
                                            + runs.get(runs.size() - 1).logicalDate() + "."),
                    result);
        }
        var made = store.backfills().create(request);
        audit(store, "backfill", dagId, Optional.empty(), "backfill " + made.id());
        result.put("id", made.id());
        return say("Backfill " + made.id() + " of " + dagId + ": " + runs.size() + " runs.", result);
    }

    private int change(ScheduleStore store) {
        var changed = cancel != null
                ? store.backfills().cancel(cancel)
                : store.backfills().setPaused(pause != null ? pause : unpause, pause != null);
        var word = cancel != null ? "cancelled" : pause != null ? "paused" : "unpaused";
        audit(store, "backfill_" + word, changed.dagId(), Optional.empty(), "backfill " + changed.id());
        return say(
                "Backfill " + changed.id() + " is " + word + ".",
                JsonLine.object().put("id", changed.id()).put("state", word));
    }

    private int list(ScheduleStore store) {
        var result = JsonLine.object();
        var array = result.putArray("backfills");
        for (var backfill : store.backfills().list(Criteria.all()).items()) {
            var state = backfill.completed().isPresent() ? "completed" : backfill.paused() ? "paused" : "active";
            array.addObject()
                    .put("id", backfill.id())
                    .put("dag_id", backfill.dagId())
                    .put("from", backfill.from().toString())
                    .put("to", backfill.to().toString())
                    .put("state", state);
            if (!json()) {
                out().println(backfill.id() + "  " + backfill.dagId() + "  " + backfill.from() + " to " + backfill.to()
                        + "  " + state);
            }
        }
        show(result);
        return ExitCode.DONE.code();
    }
}

package org.regionaldoughnut.app;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.store.Criteria;
import org.regionaldoughnut.schedule.store.ParsedDag;
import org.regionaldoughnut.schedule.timetable.Timetable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that look and change nothing. */
final class ScheduleLooks {
    private ScheduleLooks() {}

    @Command(
            name = "list",
            header = "Lists the DAGs: schedule, next run, last run.",
            footer = {"", "Examples:", "  doughnut schedule list", "  doughnut schedule list --json"})
    static final class ListDags extends ScheduleVerb {
        @Override
        public Integer call() {
            return withStore((store, place) -> {
                var files = place.pipelines().check();
                var configured = files.dags().stream().map(ParsedDag::dag).toList();
                var result = JsonLine.object();
                var list = result.putArray("dags");
                var form = "%-24s %-9s %-16s %-21s %s%n";
                if (!json()) {
                    out().printf(Locale.ROOT, form, "dag", "state", "schedule", "next run", "last run");
                }
                for (var dag : configured) {
                    var known = store.dags().find(dag.dagId());
                    var last = store.runs()
                            .list(Criteria.all()
                                    .with("dag_id", dag.dagId())
                                    .orderBy("-run_after")
                                    .page(1, 0))
                            .items();
                    var state = known.isEmpty() ? "new" : known.get().paused() ? "paused" : "active";
                    var next = known.flatMap(record -> record.next().map(due -> due.runAfter()))
                            .or(() -> Timetable.of(dag)
                                    .next(Optional.empty(), store.clock().instant())
                                    .map(due -> due.runAfter()));
                    var lastState = last.isEmpty()
                            ? "-"
                            : last.get(0).state().word() + " " + last.get(0).runId();
                    list.addObject()
                            .put("dag_id", dag.dagId())
                            .put("state", state)
                            .put("schedule", dag.schedule().summary())
                            .put("next_run", next.map(Instant::toString).orElse(null))
                            .put("last_run", last.isEmpty() ? null : last.get(0).runId())
                            .put(
                                    "last_state",
                                    last.isEmpty() ? null : last.get(0).state().word());
                    if (!json()) {
                        out().printf(
                                        Locale.ROOT,
                                        form,
                                        dag.dagId(),
                                        state,
                                        dag.schedule().summary(),
                                        shown(next),
                                        lastState);
                    }
                }
                var problems = result.putArray("problems");
                for (var problem : files.problems()) {
                    problems.add(problem.toString());
                    err().println("Not scheduled: " + problem);
                }
                show(result);
                return ExitCode.DONE.code();
            });
        }
    }

    @Command(
            name = "next",
            header = "Shows when runs are due next, in the DAG's time zone and in UTC.",
            footer = {"", "Examples:", "  doughnut schedule next", "  doughnut schedule next nightly-refresh -n 10"})
    static final class Next extends ScheduleVerb {
        @Parameters(paramLabel = "DAG", arity = "0..1", description = "One DAG (default: all).")
        String dagId;

        @Option(names = "-n", paramLabel = "N", defaultValue = "5", description = "How many (default: 5).")
        int count;

        @Override
        public Integer call() {
            try (var place = place()) {
                var result = JsonLine.object();
                for (var dag : dags(place)) {
                    var list = result.putArray(dag.dagId());
                    var times = times(dag, schedule.doughnut.clock().instant());
                    times.forEach(at -> list.add(at.toString()));
                    if (!json()) {
                        out().println(dag.dagId() + " (" + dag.schedule().description() + ", " + dag.zone() + ")");
                        times.forEach(at -> out().println("  " + at.atZone(dag.zone()) + "  " + at));
                    }
                }
                show(result);
                return ExitCode.DONE.code();
            }
        }

        private List<Dag> dags(SchedulePlace place) {
            var all = place.pipelines().check().dags().stream()
                    .map(ParsedDag::dag)
                    .toList();
            if (dagId == null) {
                return all;
            }
            var named = all.stream().filter(dag -> dag.dagId().equals(dagId)).toList();
            if (named.isEmpty()) {
                throw ScheduleChanges.unknown(
                        dagId, all.stream().map(Dag::dagId).toList());
            }
            return named;
        }

        private List<Instant> times(Dag dag, Instant now) {
            var times = new ArrayList<Instant>();
            var timetable = Timetable.of(dag);
            var last = Optional.of(now);
            while (times.size() < count && !timetable.isContinuous()) {
                var due = timetable.next(last, now);
                if (due.isEmpty()) {
                    break;
                }
                times.add(due.get().runAfter());
                last = Optional.of(due.get().runAfter());
            }
            return times;
        }
    }

    @Command(
            name = "explain",
            header = "Says why a DAG, a run or a task does not start.",
            footer = {
                "",
                "Examples:",
                "  doughnut schedule explain nightly-refresh",
                "  doughnut schedule explain nightly-refresh RUN",
                "  doughnut schedule explain nightly-refresh RUN refresh"
            })
    static final class Explain extends ScheduleVerb {
        @Parameters(index = "0", paramLabel = "DAG", description = "The DAG.")
        String dagId;

        @Parameters(index = "1", paramLabel = "RUN", arity = "0..1", description = "One of its runs.")
        String runId;

        @Parameters(index = "2", paramLabel = "TASK", arity = "0..1", description = "A task of the run.")
        String taskId;

        @Override
        public Integer call() {
            return withStore((store, place) -> {
                var why = runId == null
                        ? store.explanation().dag(dagId)
                        : taskId == null
                                ? store.explanation().run(dagId, runId)
                                : store.explanation().task(dagId, runId, taskId);
                var result = JsonLine.object();
                why.forEach(result.putArray("why")::add);
                return say(String.join(System.lineSeparator(), why), result);
            });
        }
    }
}

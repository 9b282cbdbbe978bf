package org.regionaldoughnut.app;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.regionaldoughnut.ledger.Holder;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.schedule.model.NodeRecord;
import org.regionaldoughnut.schedule.store.Criteria;
import org.regionaldoughnut.schedule.store.ScheduleStore;
import picocli.CommandLine.Command;

/** Commands about the nodes of the scheduler. */
final class ScheduleNodes {
    private ScheduleNodes() {}

    private static boolean isGone(NodeRecord node) {
        return new Holder(node.host(), node.pid(), node.processStarted())
                .isGoneFrom(Holder.thisProcess().host());
    }

    @Command(
            name = "stop",
            header = "Stops the nodes of the scheduler on this machine.",
            footer = {"", "Examples:", "  doughnut schedule stop"})
    static final class Stop extends ScheduleVerb {
        @Override
        public Integer call() {
            return withStore((store, place) -> {
                var stopped = JsonLine.object();
                var names = stopped.putArray("stopped");
                var us = Holder.thisProcess();
                for (var node : store.nodes().running()) {
                    var holder = new Holder(node.host(), node.pid(), node.processStarted());
                    if (!holder.livesOn(us.host())) {
                        err().println(
                                        isGone(node)
                                                ? node.id()
                                                        + " is gone already; its tasks are taken over at the next start."
                                                : node.id() + " runs on " + node.host() + ": stop it there.");
                        continue;
                    }
                    ProcessHandle.of(node.pid()).ifPresent(process -> {
                        process.destroy();
                        waitFor(process, place.settings().grace().plusSeconds(40));
                    });
                    names.add(node.id());
                }
                return say(
                        names.isEmpty() ? "No scheduler runs on this machine." : "Stopped: " + names.size() + ".",
                        stopped);
            });
        }

        private static void waitFor(ProcessHandle process, Duration most) {
            try {
                process.onExit().get(most.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                throw new org.regionaldoughnut.model.DoughnutException(
                        ExitCode.CONFLICT,
                        "Cannot stop the process " + process.pid() + ": it still runs after " + most.toSeconds()
                                + " s. Look at its log, or kill it: its tasks are taken over.");
            }
        }
    }

    @Command(
            name = "status",
            header = "Shows nodes, active runs and pools.",
            footer = {"", "Examples:", "  doughnut schedule status", "  doughnut schedule status --json"})
    static final class Status extends ScheduleVerb {
        @Override
        public Integer call() {
            return withStore((store, place) -> {
                var result = JsonLine.object();
                var nodes = result.putArray("nodes");
                for (var node : store.nodes().running()) {
                    var state = isGone(node) ? "gone" : "running";
                    nodes.addObject()
                            .put("node", node.id())
                            .put("host", node.host())
                            .put("pid", node.pid())
                            .put("state", state)
                            .put("heartbeat", node.heartbeat().toString());
                    text(
                            "node %s on %s, pid %d, %s, last seen %s",
                            node.id(), node.host(), node.pid(), state, node.heartbeat());
                }
                if (nodes.isEmpty()) {
                    text("no scheduler runs");
                }
                var runs = result.putArray("runs");
                for (var run : store.runs()
                        .list(Criteria.all()
                                .where("state", Criteria.Operator.IN, "queued", "running")
                                .page(100, 0))
                        .items()) {
                    runs.addObject()
                            .put("dag_id", run.dagId())
                            .put("run_id", run.runId())
                            .put("state", run.state().word());
                    text(
                            "run  %s %s, %s since %s",
                            run.dagId(),
                            run.runId(),
                            run.state().word(),
                            shown(run.started().or(run::queuedAt)));
                }
                var pools = result.putArray("pools");
                for (var use : store.pools().list(Criteria.all()).items()) {
                    pools.addObject()
                            .put("pool", use.pool().name())
                            .put("slots", use.pool().slots())
                            .put("occupied", use.occupied())
                            .put("waiting", use.scheduled());
                    text(
                            "pool %s: %d of %d slots, %d waiting",
                            use.pool().name(), use.occupied(), use.pool().slots(), use.scheduled());
                }
                show(result);
                return ExitCode.DONE.code();
            });
        }

        private void text(String format, Object... values) {
            if (!json()) {
                out().println(String.format(java.util.Locale.ROOT, format, values));
            }
        }
    }

    @Command(
            name = "doctor",
            header = "Looks for what is wrong with the scheduler, and says what to do.",
            footer = {"", "Examples:", "  doughnut schedule doctor", "", "Exit code 3 where something is wrong."})
    static final class Doctor extends ScheduleVerb {
        @Override
        public Integer call() {
            return withStore((store, place) -> {
                var found = new ArrayList<String>();
                place.pipelines().check().problems().forEach(problem -> found.add(problem.toString()));
                nodes(store, found);
                pools(store, found);
                store.dags()
                        .importErrors(Criteria.all())
                        .items()
                        .forEach(error -> found.add(
                                "the running scheduler could not read " + error.file() + ": " + error.message()));
                var now = store.clock().instant();
                var stuck = store.flow().queuedBefore(now.minus(Duration.ofMinutes(10)));
                stuck.forEach(key -> found.add("queued for more than ten minutes: " + key
                        + ". All threads are busy (raise scheduler.parallel_tasks), or no node runs."));
                if (!Files.isWritable(place.folder())) {
                    found.add("the folder " + place.folder() + " cannot be written: logs are lost. Grant the right.");
                }
                var result = JsonLine.object();
                found.forEach(result.putArray("problems")::add);
                say(found.isEmpty() ? "No problems found." : String.join(System.lineSeparator(), found), result);
                return (found.isEmpty() ? ExitCode.DONE : ExitCode.CONFIGURATION).code();
            });
        }

        private static void nodes(ScheduleStore store, List<String> found) {
            var nodes = store.nodes().running();
            var gone = nodes.stream().filter(ScheduleNodes::isGone).toList();
            gone.forEach(node -> found.add("the node " + node.id()
                    + " was killed; its tasks are taken over by the next node: doughnut schedule start"));
            if (nodes.size() == gone.size()) {
                found.add("no scheduler runs: start one with 'doughnut schedule start'");
            }
            if (nodes.stream().map(NodeRecord::configuration).distinct().count() > 1) {
                found.add("nodes run with different pipelines: bring all to the same files");
            }
        }

        private static void pools(ScheduleStore store, List<String> found) {
            for (var dag :
                    store.dags().list(Criteria.all().with("is_stale", false)).items()) {
                for (var task : dag.dag().tasks()) {
                    var pool = store.pools().find(task.pool());
                    if (pool.isEmpty()) {
                        found.add(dag.dagId() + "." + task.taskId() + " wants the pool " + task.pool()
                                + ", and there is none of that name: create it, or change the task.");
                    } else if (pool.get().pool().slots() >= 0
                            && pool.get().pool().slots() < task.poolSlots()) {
                        found.add(dag.dagId() + "." + task.taskId() + " wants " + task.poolSlots() + " slots of "
                                + task.pool() + ", which has "
                                + pool.get().pool().slots() + ": it never starts.");
                    }
                }
            }
        }
    }
}

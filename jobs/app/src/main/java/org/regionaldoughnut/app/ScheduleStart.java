package org.regionaldoughnut.app;

import java.time.Duration;
import java.util.List;
import org.regionaldoughnut.schedule.alert.Alerts;
import org.regionaldoughnut.schedule.api.Api;
import org.regionaldoughnut.schedule.api.ApiSettings;
import org.regionaldoughnut.schedule.api.TryLogs;
import org.regionaldoughnut.schedule.engine.Engine;
import org.regionaldoughnut.schedule.engine.SeveralReports;
import org.regionaldoughnut.schedule.log.TaskLogs;
import org.regionaldoughnut.schedule.metric.Metrics;
import org.regionaldoughnut.schedule.store.ScheduleStore;
import org.regionaldoughnut.schedule.task.TaskRunner;
import picocli.CommandLine.Command;

@Command(
        name = "start",
        header = "Starts a node of the scheduler, and runs until it is stopped.",
        description = {
            "",
            "Several nodes may share one database. SIGTERM or Ctrl-C stops a node: running tasks may go on for",
            "scheduler.shutdown_grace, then they are stopped and done again by another node or at the next start."
        },
        footer = {
            "",
            "Examples:",
            "  doughnut schedule start",
            "  doughnut schedule start --set scheduler.api.port=8081",
            "  doughnut --office uk --set data=DIR schedule start"
        })
final class ScheduleStart extends ScheduleVerb {
    private static final String VERSION = "0.1.0";
    private static final Duration ALERT_PAUSE = Duration.ofSeconds(30);

    @Override
    public Integer call() {
        try (var place = place();
                var store = place.open();
                var alerts = new Alerts(store, place.channels(), ALERT_PAUSE)) {
            var metrics = new Metrics(store);
            var runner = new TaskRunner(
                    place.steps(), place.place(), Workplace.home(), place.environment(), place.variables());
            var engine = new Engine(
                    store,
                    place.database().isPostgres(),
                    place.pipelines(),
                    runner,
                    place.steps(),
                    place.logs(),
                    place.settings(),
                    new SeveralReports(List.of(metrics, alerts)));
            var signal = new StopSignal();
            try (engine;
                    var api = new Served()) {
                engine.start();
                place.api().ifPresent(settings -> api.start(settings, store, place.logs(), metrics));
                err().println("The scheduler of " + place.office().id() + " runs as " + engine.node() + ", pid "
                        + ProcessHandle.current().pid() + ". Stop it with Ctrl-C or 'doughnut schedule stop'.");
                return signal.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    /** The API and its page, where they are wanted. */
    private final class Served implements AutoCloseable {
        private Api api;

        void start(ApiSettings settings, ScheduleStore store, TaskLogs logs, Metrics metrics) {
            TryLogs lines = (key, from, most) -> logs.lines(key, from, most).stream()
                    .map(line -> new TryLogs.Line(line.at(), line.text()))
                    .toList();
            api = Api.start(store, settings, lines, VERSION, metrics::scrape);
            Api.firstAccount(store)
                    .ifPresent(password -> err().println("The first user is admin, with the password " + password
                            + " . It is shown this once; change it with 'doughnut schedule users --add admin "
                            + "--role admin'."));
            err().println("The page and the API are at " + api.address());
        }

        @Override
        public void close() {
            if (api != null) {
                api.close();
            }
        }
    }
}

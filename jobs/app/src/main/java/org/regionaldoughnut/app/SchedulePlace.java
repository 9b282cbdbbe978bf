package org.regionaldoughnut.app;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Secrets;
import org.regionaldoughnut.schedule.alert.Channel;
import org.regionaldoughnut.schedule.alert.Mail;
import org.regionaldoughnut.schedule.alert.Webhook;
import org.regionaldoughnut.schedule.api.ApiSettings;
import org.regionaldoughnut.schedule.engine.EngineSettings;
import org.regionaldoughnut.schedule.log.TaskLogs;
import org.regionaldoughnut.schedule.model.Work;
import org.regionaldoughnut.schedule.pipeline.Pipelines;
import org.regionaldoughnut.schedule.store.ScheduleDatabase;
import org.regionaldoughnut.schedule.store.ScheduleStore;

/** Where the scheduler of an office keeps its things, and how it is set. */
final class SchedulePlace implements AutoCloseable {
    private static final int PARALLEL = 8;
    private static final int FURTHER_CONNECTIONS = 10;
    private static final long MEGABYTE = 1 << 20;

    private final Workplace workplace;
    private final Clock clock;
    private final Map<String, String> environment;
    private final List<String> officeWords;

    private SchedulePlace(Workplace workplace, Clock clock, Map<String, String> environment, List<String> officeWords) {
        this.workplace = workplace;
        this.clock = clock;
        this.environment = environment;
        this.officeWords = officeWords;
    }

    static SchedulePlace of(OfficeOptions options, Doughnut doughnut) {
        var workplace = Workplace.open(
                options.officeOrSample(), options.set, options.storage(), doughnut.environment(), doughnut.clock());
        var words = new ArrayList<>(List.of(
                "--office",
                options.officeOrSample(),
                "--storage",
                workplace.storage().toString()));
        options.set.forEach(pair -> words.addAll(List.of("--set", pair)));
        return new SchedulePlace(workplace, doughnut.clock(), doughnut.environment(), words);
    }

    Office office() {
        return workplace.office();
    }

    Path folder() {
        return workplace.storage().resolve("schedule");
    }

    List<String> officeWords() {
        return officeWords;
    }

    ScheduleDatabase database() {
        var secrets = new Secrets(environment);
        var file = office().folder().resolve("office.yaml");
        var connections = parallelTasks() + FURTHER_CONNECTIONS;
        return office().setting("database.url")
                .map(url -> new ScheduleDatabase(
                        secrets.resolve(url, file),
                        secret("database.user", secrets),
                        secret("database.password", secrets),
                        connections))
                .orElseGet(() -> ScheduleDatabase.embedded(folder(), connections));
    }

    private String secret(String key, Secrets secrets) {
        return office().setting(key)
                .map(text -> secrets.resolve(text, office().folder().resolve("office.yaml")))
                .orElse("");
    }

    ScheduleStore open() {
        return database().open(clock);
    }

    Pipelines pipelines() {
        return new Pipelines(Workplace.home(), office().folder(), office().timeZone(), ScheduleSteps.known());
    }

    ScheduleSteps steps() {
        return new ScheduleSteps(clock, officeWords, Workplace.home(), office());
    }

    Work.Place place() {
        return Work.Place.valueOf(
                office().setting("scheduler.run_in").orElse("session").toUpperCase(Locale.ROOT));
    }

    TaskLogs logs() {
        var limit =
                office().setting("scheduler.log_limit_mb").map(Long::parseLong).orElse(20L);
        return new TaskLogs(folder().resolve("logs"), clock, limit * MEGABYTE);
    }

    Map<String, String> variables() {
        var variables = new HashMap<String, String>();
        office().settings()
                .path("variables")
                .fields()
                .forEachRemaining(e -> variables.put(e.getKey(), e.getValue().asText()));
        return variables;
    }

    private int parallelTasks() {
        return office().setting("scheduler.parallel_tasks")
                .map(Integer::parseInt)
                .orElse(PARALLEL);
    }

    EngineSettings settings() {
        return EngineSettings.defaults()
                .withParallelTasks(parallelTasks())
                .withGrace(duration("scheduler.shutdown_grace", Duration.ofSeconds(30)))
                .withRetention(duration("scheduler.retention", Duration.ZERO));
    }

    private Duration duration(String key, Duration otherwise) {
        return office().setting(key).map(Pipelines::duration).orElse(otherwise);
    }

    /** Where the API and the page are found; nothing where they are not wanted. */
    Optional<ApiSettings> api() {
        if (!office().setting("scheduler.api.enabled")
                .map(Boolean::parseBoolean)
                .orElse(true)) {
            return Optional.empty();
        }
        var port = office().setting("scheduler.api.port").map(Integer::parseInt).orElse(ApiSettings.PORT);
        var settings = ApiSettings.loopback(port);
        var host = office().setting("scheduler.api.host");
        settings = host.isEmpty() ? settings : settings.on(host.get());
        var keys = office().setting("scheduler.api.tls.key_store");
        return Optional.of(
                keys.isEmpty()
                        ? settings
                        : settings.with(new ApiSettings.Tls(
                                office().folder().resolve(keys.get()),
                                secret("scheduler.api.tls.password", new Secrets(environment)))));
    }

    List<Channel> channels() {
        var secrets = new Secrets(environment);
        var channels = new ArrayList<Channel>();
        if (office().setting("scheduler.alerts.mail.host").isPresent()) {
            var to = new ArrayList<String>();
            office().settings().at("/scheduler/alerts/mail/to").forEach(address -> to.add(address.asText()));
            channels.add(new Mail(new Mail.Settings(
                    secret("scheduler.alerts.mail.host", secrets),
                    office().setting("scheduler.alerts.mail.port")
                            .map(Integer::parseInt)
                            .orElse(25),
                    office().setting("scheduler.alerts.mail.tls")
                            .map(Boolean::parseBoolean)
                            .orElse(false),
                    secret("scheduler.alerts.mail.user", secrets),
                    secret("scheduler.alerts.mail.password", secrets),
                    secret("scheduler.alerts.mail.from", secrets),
                    to)));
        }
        if (office().setting("scheduler.alerts.webhook.url").isPresent()) {
            channels.add(new Webhook(URI.create(secret("scheduler.alerts.webhook.url", secrets))));
        }
        return channels;
    }

    Map<String, String> environment() {
        return environment;
    }

    @Override
    public void close() {
        workplace.close();
    }
}

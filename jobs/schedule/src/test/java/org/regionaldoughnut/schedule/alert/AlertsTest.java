package org.regionaldoughnut.schedule.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.regionaldoughnut.schedule.model.TaskState;
import org.regionaldoughnut.schedule.model.TriggeredBy;
import org.regionaldoughnut.schedule.model.Work;
import org.regionaldoughnut.schedule.store.Effects;
import org.regionaldoughnut.schedule.store.ScheduleDatabase;
import org.regionaldoughnut.schedule.store.ScheduleStore;
import org.regionaldoughnut.schedule.store.TestDags;
import org.regionaldoughnut.schedule.store.TestTask;
import org.regionaldoughnut.schedule.store.TickingClock;
import org.regionaldoughnut.schedule.store.TriggerRequest;

class AlertsTest {
    private final ScheduleStore store = new ScheduleDatabase("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "", 4)
            .open(new TickingClock(Instant.parse("2024-03-10T12:00:00Z")));

    private String failedRun() {
        store.sync()
                .sync(
                        List.of(TestDags.named("dag", TestTask.of("a", Work.bash("true")))
                                .parsed()),
                        Map.of());
        var run = store.runs().trigger(TriggerRequest.now("dag", TriggeredBy.CLI));
        store.flow().advance(List.of("dag"));
        store.tasks().setState("dag", run.runId(), "a", TaskState.FAILED);
        return run.runId();
    }

    @Test
    void aFailedRunIsMailedWithItsTask() throws Exception {
        var server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
        server.start();
        try (store) {
            var run = failedRun();
            var mail = new Mail(new Mail.Settings(
                    "127.0.0.1",
                    server.getSmtp().getPort(),
                    false,
                    "",
                    "",
                    "doughnut@example.org",
                    List.of("oncall@example.org")));
            try (var alerts = new Alerts(store, List.of(mail), Duration.ofMillis(10))) {
                alerts.runEnded(new Effects.EndedRun("dag", run, false));
                alerts.runEnded(new Effects.EndedRun("dag", run, true));
            }
            assertThat(server.waitForIncomingEmail(10_000, 1)).isTrue();
            var received = server.getReceivedMessages();
            assertThat(received).hasSize(1);
            assertThat(received[0].getSubject()).isEqualTo("Failed: dag " + run);
            assertThat(received[0].getContent().toString()).contains("Task a");
        } finally {
            server.stop();
        }
    }

    @Test
    void aWebhookThatFailsOnceIsTriedAgain() throws Exception {
        var bodies = new LinkedBlockingQueue<String>();
        var calls = new AtomicInteger();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(calls.incrementAndGet() == 1 ? 503 : 204, -1);
            exchange.close();
        });
        server.start();
        try (store;
                var alerts = new Alerts(
                        store,
                        List.of(new Webhook(URI.create(
                                "http://127.0.0.1:" + server.getAddress().getPort() + "/hook"))),
                        Duration.ofMillis(10))) {
            var run = failedRun();
            alerts.runLate(store.runs().find("dag", run).orElseThrow());

            assertThat(bodies.poll(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(Optional.ofNullable(bodies.poll(10, TimeUnit.SECONDS)).orElse(""))
                    .contains("\"kind\":\"run_late\"", "\"dag_id\":\"dag\"");
        } finally {
            server.stop(0);
        }
    }
}

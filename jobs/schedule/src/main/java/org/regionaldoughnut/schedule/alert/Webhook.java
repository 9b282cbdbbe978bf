package org.regionaldoughnut.schedule.alert;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Posts an alert as JSON. */
public final class Webhook implements Channel {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI address;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    public Webhook(URI address) {
        this.address = address;
    }

    @Override
    public void send(Alert alert) throws IOException, InterruptedException {
        var body = MAPPER.writeValueAsString(Map.of(
                "kind", alert.kind(),
                "dag_id", alert.dagId(),
                "run_id", alert.runId(),
                "subject", alert.subject(),
                "text", alert.text()));
        var request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
        var status =
                client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status / 100 != 2) {
            throw new IOException("the webhook answered " + status);
        }
    }
}

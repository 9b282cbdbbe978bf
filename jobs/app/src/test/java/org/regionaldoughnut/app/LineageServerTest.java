package org.regionaldoughnut.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.SparkTest;

/** Run events told to a server that takes OpenLineage over HTTP. */
class LineageServerTest {
    @TempDir
    Path folder;

    private HttpServer server;
    private OfficeCopy office;
    private Map<String, String> environment;
    private int answer = 201;
    private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
    private final List<JsonNode> events = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void serve() throws IOException {
        SparkTest.session();
        office = new OfficeCopy(folder);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/lineage", exchange -> {
            keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
            events.add(new ObjectMapper().readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        server.start();
        environment = Map.of(
                "DOUGHNUT_SECRETS",
                Files.writeString(folder.resolve("secrets"), "LINEAGE_KEY=k3y\n")
                        .toString());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private OfficeCopy.Ended ingest() {
        String lineage = "lineage={transport: http, url: 'http://127.0.0.1:"
                + server.getAddress().getPort() + "', api_key: '${secret:LINEAGE_KEY}'}";
        return office.doughnut(
                OfficeCopy.CLOCK, environment, "--set", lineage, "ingest", "la-emissions", "social", "--json");
    }

    @Test
    void theServerHearsOfEveryStepWithItsTablesAndRowsAndTheKeyIsNotShown() throws IOException {
        OfficeCopy.Ended ended = ingest();
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out() + ended.err()).doesNotContain("k3y");
        assertThat(keys).isNotEmpty().allMatch("Bearer k3y"::equals);

        JsonNode whole = events.stream()
                .filter(event -> event.path("eventType").asText().equals("COMPLETE"))
                .filter(event -> event.at("/job/name").asText().equals("ingest.la-emissions"))
                .findFirst()
                .orElseThrow();
        long rows = ended.step("ingest/la-emissions").path("rows_out").asLong();
        assertThat(rows).isPositive();
        assertThat(whole.at("/job/namespace").asText()).isEqualTo("doughnut/sample");
        assertThat(whole.at("/outputs/0/name").asText()).isEqualTo("raw.la-emissions");
        assertThat(whole.at("/outputs/0/outputFacets/outputStatistics/rowCount").asLong())
                .isEqualTo(rows);
        assertThat(whole.at("/inputs/0/name").asText()).endsWith("local-authority-co2-2019.csv");
        assertThat(whole.at("/run/facets/parent/job/name").asText()).isEqualTo("run");
        assertThat(events)
                .filteredOn(e -> e.path("eventType").asText().equals("START"))
                .hasSize(2);
        assertThat(office.storage.resolve("lineage")).doesNotExist();
    }

    @Test
    void aServerThatFailsIsSaidOnceAndTheRunGoesOn() {
        answer = 500;
        OfficeCopy.Ended ended = ingest();
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err()).containsOnlyOnce("Lineage is not told for the rest of this run");
        assertThat(ended.step("ingest/la-emissions").path("state").asText()).isEqualTo("done");
        assertThat(events).hasSize(1);
    }
}

package org.regionaldoughnut.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.SparkTest;

/** A source that lies on a web server, from the request to harmonised figures. */
class FetchedSourceTest {
    @TempDir
    Path folder;

    private HttpServer server;
    private OfficeCopy office;
    private Map<String, String> environment;
    private byte[] content;
    private String tag = "\"1\"";
    private final List<String> answers = new ArrayList<>();

    @BeforeEach
    void serve() throws IOException {
        SparkTest.session();
        office = new OfficeCopy(folder);
        content = Files.readAllBytes(office.received("local-authority-co2-2019.csv"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/co2.csv", exchange -> {
            int code = !"Bearer t0ken".equals(exchange.getRequestHeaders().getFirst("Authorization"))
                    ? 401
                    : tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match")) ? 304 : 200;
            answers.add(String.valueOf(code));
            exchange.getResponseHeaders().add("ETag", tag);
            exchange.sendResponseHeaders(code, code == 200 ? content.length : -1);
            if (code == 200) {
                exchange.getResponseBody().write(content);
            }
            exchange.close();
        });
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/co2.csv";
        Path source = office.source("la-emissions");
        Files.writeString(
                source,
                Files.readString(source)
                        .replaceFirst(
                                "location: .*",
                                "location: {url: \"" + address
                                        + "\", headers: {Authorization: \"Bearer \\${secret:CO2_TOKEN}\"}}"));
        Path secrets = Files.writeString(folder.resolve("secrets"), "CO2_TOKEN=t0ken\n");
        environment = Map.of("DOUGHNUT_SECRETS", secrets.toString());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private OfficeCopy.Ended run(String... arguments) {
        return office.doughnut(OfficeCopy.CLOCK, environment, arguments);
    }

    @Test
    void isFetchedWithItsSecretIngestedAndFetchedAgainOnlyWhenItChanges() {
        OfficeCopy.Ended first = run("ingest", "la-emissions", "--json");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.json().path("steps").get(0).path("rows_out").asLong()).isEqualTo(2166);
        assertThat(first.out() + first.err()).doesNotContain("t0ken");

        OfficeCopy.Ended again = run("ingest", "la-emissions", "--json");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(answers).containsExactly("200", "304");

        content = new String(content, java.nio.charset.StandardCharsets.UTF_8)
                .replace("101.76228463200354", "101.8")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        tag = "\"2\"";
        OfficeCopy.Ended changed = run("ingest", "la-emissions", "--json");
        assertThat(changed.code()).as(changed.err()).isZero();
        assertThat(answers).containsExactly("200", "304", "200");
        assertThat(run("source", "list", "--json").out()).contains("\"batches\":2");
    }

    @Test
    void endsWithFiveWhereTheServerRefusesAndTellsNoSecret() {
        environment = Map.of("CO2_TOKEN", "wr0ng");
        OfficeCopy.Ended refused = run("ingest", "la-emissions");
        assertThat(refused.code()).isEqualTo(5);
        assertThat(refused.err()).contains("the server answers 401").doesNotContain("wr0ng");
    }
}

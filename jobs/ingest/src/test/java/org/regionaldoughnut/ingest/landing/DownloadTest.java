package org.regionaldoughnut.ingest.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.Hash;

/** Downloads from a server that errs, redirects, breaks off and dawdles. */
class DownloadTest {
    private static final byte[] CONTENT =
            "Area,Year,Rate\nN1,2019,1\n".repeat(5000).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private HttpServer server;
    private final List<String> asked = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aFileIsFetchedOnceAndThenOnlyWhenTheServerHasAnother() throws IOException {
        serve("/data.csv", exchange -> {
            exchange.getResponseHeaders().add("ETag", "\"v1\"");
            if ("\"v1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
            } else {
                send(exchange, CONTENT);
            }
        });
        Download.Order plain = order("/data.csv", Optional.empty());
        assertThat(download().fetch(plain)).isTrue();
        assertThat(Files.readAllBytes(plain.file())).isEqualTo(CONTENT);
        assertThat(download().fetch(plain)).isFalse();
        assertThat(asked).hasSize(2);
    }

    @Test
    void aServerThatKnowsNoTagsIsAskedByTheDateOfTheLastChange() throws IOException {
        String monday = "Mon, 02 Mar 2026 09:00:00 GMT";
        List<String> since = new ArrayList<>();
        serve("/data.csv", exchange -> {
            since.add(String.valueOf(exchange.getRequestHeaders().getFirst("If-Modified-Since")));
            exchange.getResponseHeaders().add("Last-Modified", monday);
            if (since.size() == 2) {
                exchange.sendResponseHeaders(304, -1);
            } else {
                send(exchange, CONTENT);
            }
        });
        Download.Order order = order("/data.csv", Optional.empty());
        assertThat(download().fetch(order)).isTrue();
        assertThat(download().fetch(order)).isFalse();
        assertThat(download().fetch(order)).isTrue();
        assertThat(since).containsExactly("null", monday, monday);
    }

    @Test
    void aProxyIsAskedForThePlaceInTheServersStead() throws IOException {
        List<String> hosts = new ArrayList<>();
        serve("/data.csv", exchange -> {
            hosts.add(exchange.getRequestHeaders().getFirst("Host"));
            send(exchange, CONTENT);
        });
        DownloadRules rules = new DownloadRules(
                List.of("figures.example.org"),
                Optional.of("127.0.0.1:" + server.getAddress().getPort()),
                Duration.ofSeconds(5),
                0,
                Duration.ofMillis(10),
                1_000_000);
        Download.Order order = new Download.Order(
                "figures",
                URI.create("http://figures.example.org/data.csv"),
                "http://figures.example.org/data.csv",
                Map.of(),
                Optional.empty(),
                folder.resolve("received/data.csv"));
        assertThat(new Download(rules, pauses::add).fetch(order)).isTrue();
        assertThat(Files.readAllBytes(order.file())).isEqualTo(CONTENT);
        assertThat(hosts).containsExactly("figures.example.org");
    }

    @Test
    void errorsThatPassAreTriedAgainWithGrowingPauses() throws IOException {
        AtomicInteger tries = new AtomicInteger();
        serve("/data.csv", exchange -> {
            int now = tries.incrementAndGet();
            if (now == 1) {
                exchange.sendResponseHeaders(503, -1);
            } else if (now == 2) {
                exchange.getResponseHeaders().add("Retry-After", "7");
                exchange.sendResponseHeaders(429, -1);
            } else {
                send(exchange, CONTENT);
            }
        });
        assertThat(download().fetch(order("/data.csv", Optional.empty()))).isTrue();
        assertThat(pauses).containsExactly(Duration.ofMillis(10), Duration.ofSeconds(7));
    }

    @Test
    void aServerThatKeepsFailingOrIsNotThereEndsWithExitCodeFive() throws IOException {
        serve("/data.csv", exchange -> exchange.sendResponseHeaders(500, -1));
        assertUnavailable(order("/data.csv", Optional.empty()), "the server answers 500, also after 2 retries");
        assertThat(asked).hasSize(3);
        serve("/none.csv", exchange -> exchange.sendResponseHeaders(404, -1));
        assertUnavailable(order("/none.csv", Optional.empty()), "the server answers 404");
        assertThat(asked).hasSize(4);
        server.stop(0);
        assertUnavailable(order("/data.csv", Optional.empty()), "no connection");
        assertThat(folder.resolve("received/data.csv")).doesNotExist();
    }

    @Test
    void whatBrokeOffIsResumedWhereItEnded() throws IOException {
        AtomicInteger tries = new AtomicInteger();
        serve("/data.csv", exchange -> {
            exchange.getResponseHeaders().add("ETag", "\"v1\"");
            String range = exchange.getRequestHeaders().getFirst("Range");
            if (tries.incrementAndGet() == 1) {
                exchange.sendResponseHeaders(200, CONTENT.length);
                exchange.getResponseBody().write(CONTENT, 0, 40_000);
                exchange.getResponseBody().flush();
                awaitBytes(folder.resolve("received/.data.csv.part"));
                throw new IOException("the line is cut");
            }
            assertThat(exchange.getRequestHeaders().getFirst("If-Range")).isEqualTo("\"v1\"");
            int from = Integer.parseInt(range.replaceAll("\\D", ""));
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (CONTENT.length - 1) + "/" + CONTENT.length);
            exchange.sendResponseHeaders(206, CONTENT.length - from);
            exchange.getResponseBody().write(CONTENT, from, CONTENT.length - from);
            exchange.close();
        });
        Download.Order order = order("/data.csv", Optional.of(sha256(CONTENT)));
        assertThat(download().fetch(order)).isTrue();
        assertThat(Files.readAllBytes(order.file())).isEqualTo(CONTENT);
        assertThat(tries.get()).isEqualTo(2);
    }

    @Test
    void aContentThatIsShorterThanDeclaredIsNeverTaken() throws IOException {
        serve("/data.csv", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT, 0, 100);
            exchange.getResponseBody().flush();
            throw new IOException("the line is cut");
        });
        Download.Order order = order("/data.csv", Optional.empty());
        assertUnavailable(order, "also after 2 retries");
        assertThat(order.file()).doesNotExist();
    }

    @Test
    void aServerThatDawdlesIsGivenUp() throws IOException {
        serve("/data.csv", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT, 0, 100);
            exchange.getResponseBody().flush();
            // the rest never comes; the exchange stays open until the server is stopped
        });
        assertUnavailable(
                download(Duration.ofMillis(300)), order("/data.csv", Optional.empty()), "nothing came for 300 ms");
    }

    @Test
    void redirectsAreFollowedButNotToForeignHostsNorForEverNorWithSecrets() throws IOException {
        List<String> tokens = new ArrayList<>();
        serve("/old.csv", exchange -> redirect(exchange, "/new.csv"));
        serve("/new.csv", exchange -> {
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            send(exchange, CONTENT);
        });
        assertThat(download().fetch(order("/old.csv", Optional.empty()))).isTrue();
        assertThat(tokens).containsExactly("Bearer s3cret");
        serve("/circle.csv", exchange -> redirect(exchange, "/circle.csv"));
        assertUnavailable(order("/circle.csv", Optional.empty()), "redirects more than 8 times");
        serve("/away.csv", exchange -> redirect(exchange, "http://elsewhere.example.org/data.csv"));
        assertThatThrownBy(() -> download().fetch(order("/away.csv", Optional.empty())))
                .hasMessageContaining("the host elsewhere.example.org is not allowed")
                .satisfies(e -> assertThat(((DoughnutException) e).exitCode()).isEqualTo(ExitCode.CONFIGURATION));
    }

    @Test
    void anotherContentThanDeclaredOrTooMuchOfItIsRefused() throws IOException {
        serve("/data.csv", exchange -> send(exchange, CONTENT));
        Download.Order order = order("/data.csv", Optional.of("0".repeat(64)));
        assertThatThrownBy(() -> download().fetch(order))
                .hasMessageContaining("its SHA-256 is " + sha256(CONTENT))
                .satisfies(e -> assertThat(((DoughnutException) e).exitCode()).isEqualTo(ExitCode.DATA_REFUSED));
        assertThat(order.file()).doesNotExist();
        serve("/endless.csv", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[1 << 16];
            Arrays.fill(much, (byte) 'a');
            while (true) {
                exchange.getResponseBody().write(much);
            }
        });
        assertThatThrownBy(() -> download().fetch(order("/endless.csv", Optional.empty())))
                .hasMessageContaining("and 1000000 are allowed");
        try (var left = Files.list(folder.resolve("received"))) {
            assertThat(left.filter(f -> f.toString().contains(".part"))).isEmpty();
        }
    }

    @Test
    void noMessageHoldsASecret() throws IOException {
        serve("/data.csv", exchange -> exchange.sendResponseHeaders(403, -1));
        Download.Order order = new Download.Order(
                "figures",
                at("/data.csv?key=s3cret"),
                "http://host/data.csv?key=${secret:KEY}",
                Map.of("Authorization", "Bearer s3cret"),
                Optional.empty(),
                folder.resolve("received/data.csv"));
        assertThatThrownBy(() -> download().fetch(order))
                .hasMessageContaining("${secret:KEY}")
                .hasMessageNotContaining("s3cret\"")
                .satisfies(e ->
                        assertThat(e.getMessage().replace("${secret:KEY}", "")).doesNotContain("s3cret"));
        server.stop(0);
        assertThatThrownBy(() -> download().fetch(order))
                .satisfies(e ->
                        assertThat(e.getMessage().replace("${secret:KEY}", "")).doesNotContain("s3cret"));
    }

    private static void awaitBytes(Path file) throws IOException {
        long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while ((!Files.exists(file) || Files.size(file) == 0) && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    private void assertUnavailable(Download.Order order, String words) {
        assertUnavailable(download(), order, words);
    }

    private static void assertUnavailable(Download download, Download.Order order, String words) {
        assertThatThrownBy(() -> download.fetch(order))
                .isInstanceOf(DoughnutException.class)
                .hasMessageContaining(words)
                .satisfies(e -> assertThat(((DoughnutException) e).exitCode()).isEqualTo(ExitCode.SOURCE_UNAVAILABLE));
    }

    private Download download() {
        return download(Duration.ofSeconds(5));
    }

    private Download download(Duration timeout) {
        return new Download(
                new DownloadRules(List.of("127.0.0.1"), Optional.empty(), timeout, 2, Duration.ofMillis(10), 1_000_000),
                pauses::add);
    }

    private Download.Order order(String path, Optional<String> sha256) {
        return new Download.Order(
                "figures",
                at(path),
                "http://host" + path,
                Map.of("Authorization", "Bearer s3cret"),
                sha256,
                folder.resolve("received" + path));
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void serve(String path, Answer answer) {
        server.createContext(path, exchange -> {
            asked.add(path);
            answer.to(exchange);
        });
    }

    private static void send(HttpExchange exchange, byte[] content) throws IOException {
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
        exchange.close();
    }

    private static void redirect(HttpExchange exchange, String place) throws IOException {
        exchange.getResponseHeaders().add("Location", place);
        exchange.sendResponseHeaders(302, -1);
    }

    private static String sha256(byte[] bytes) {
        var digest = Hash.sha256();
        digest.update(bytes);
        return Hash.hex(digest);
    }
}

package org.regionaldoughnut.schedule.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionaldoughnut.model.DoughnutException;

/** Who may do what through the API, and what it says to those who ask for something wrong. */
class ApiTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static ApiFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new ApiFixture(folder.resolve("store"), ApiSettings.loopback(0));
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request, String path)
            throws IOException, InterruptedException {
        return CLIENT.send(
                request.uri(URI.create(fixture.address() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder as(String role) throws IOException, InterruptedException {
        JsonNode token = json(logIn(role, ApiFixture.PASSWORD));
        return HttpRequest.newBuilder()
                .header("Authorization", "Bearer " + token.path("access_token").asText());
    }

    private static HttpResponse<String> logIn(String name, String password) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}")),
                "/auth/token");
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String method, String body) {
        return request.method(method, HttpRequest.BodyPublishers.ofString(body));
    }

    @ParameterizedTest
    @CsvSource({
        "viewer, GET,    /api/v2/dags,                  200",
        "viewer, PATCH,  /api/v2/dags/paused_one,       403",
        "user,   PATCH,  /api/v2/dags/paused_one,       200",
        "user,   POST,   /api/v2/pools,                 403",
        "user,   GET,    /api/v2/eventLogs,             403",
        "operator, GET,  /api/v2/eventLogs,             200",
        "viewer, GET,    /ui/why/nightly,               200",
        "viewer, GET,    /api/v2/nothing-here,          404",
    })
    void aRoleMayDoWhatItIsFor(String role, String method, String path, int status) throws Exception {
        assertThat(send(with(as(role), method, "{\"is_paused\": true}"), path).statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v2/dags", "/api/v2/eventLogs", "/ui/why/nightly", "/api/v2/pools"})
    void nobodyIsAnsweredWithoutAToken(String path) throws Exception {
        assertThat(send(HttpRequest.newBuilder(), path).statusCode()).isEqualTo(401);
        assertThat(send(HttpRequest.newBuilder().header("Authorization", "Bearer a.b.c"), path)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void afterFiveWrongPasswordsTheSixthHasToWaitEvenIfItIsRight() throws Exception {
        fixture.store
                .accounts()
                .put(new org.regionaldoughnut.schedule.model.Account(
                        "forgetful",
                        org.regionaldoughnut.schedule.access.Passwords.hash(ApiFixture.PASSWORD),
                        org.regionaldoughnut.schedule.model.Role.VIEWER,
                        true,
                        fixture.store.clock().instant()));
        for (int i = 0; i < 5; i++) {
            assertThat(logIn("forgetful", "not the password").statusCode()).isEqualTo(401);
        }
        HttpResponse<String> sixth = logIn("forgetful", ApiFixture.PASSWORD);
        assertThat(sixth.statusCode()).isEqualTo(429);
        assertThat(sixth.headers().firstValue("Retry-After")).isPresent();
        assertThat(logIn("viewer", ApiFixture.PASSWORD).statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v2/dags?order_by=dag_id;drop%20table%20dag",
                "/api/v2/dags?order_by=(select%20password_hash%20from%20account)",
                "/api/v2/dags/~/dagRuns?order_by=-1",
            })
    void anOrderThatIsNoFieldIsRefusedAndNeverReachesTheDatabase(String path) throws Exception {
        HttpResponse<String> answer = send(as("viewer"), path);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("detail").asText()).contains("is not a field of this listing");
    }

    @Test
    void aPatternIsAValueAndNeverSql() throws Exception {
        HttpResponse<String> answer = send(as("viewer"), "/api/v2/dags?dag_id_pattern=%25'%20or%20'1'%20%3D%20'1");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("total_entries").asLong()).isZero();
    }

    @Test
    void aTemplateInTheConfIsKeptAsTextByTheApi() throws Exception {
        String template = "{{ var.value.secret }}${7*7}";
        HttpResponse<String> answer = send(
                with(as("user"), "POST", "{\"logical_date\": null, \"conf\": {\"region\": \"" + template + "\"}}"),
                "/api/v2/dags/nightly/dagRuns");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("conf").path("region").asText()).isEqualTo(template);
    }

    @Test
    void aRequestThatIsTooLargeIsRefused() throws Exception {
        String large = "{\"note\": \"" + "x".repeat(2 * 1024 * 1024) + "\"}";
        assertThat(send(with(as("user"), "POST", large), "/api/v2/dags/nightly/dagRuns")
                        .statusCode())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"logical_date\": \"yesterday\"}                     | logical_date",
                "{\"dag_run_id\": 7}                                   | dag_run_id",
                "{\"data_interval_start\": \"2026-01-01T00:00:00Z\"}   | data_interval_end",
                "{\"colour\": \"green\"}                               | colour",
            })
    void aBodyThatIsWrongIsAnsweredWithWhereAndWhy(String body, String field) throws Exception {
        HttpResponse<String> answer = send(with(as("user"), "POST", body), "/api/v2/dags/nightly/dagRuns");
        assertThat(answer.statusCode()).isEqualTo(422);
        JsonNode first = json(answer).path("detail").get(0);
        assertThat(first.path("loc").get(1).asText()).isEqualTo(field);
        assertThat(first.path("msg").asText()).isNotBlank();
    }

    @Test
    void aBodyThatIsNoJsonIsRefused() throws Exception {
        assertThat(send(with(as("user"), "POST", "{not json"), "/api/v2/dags/nightly/dagRuns")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void everyAnswerCarriesTheHeadersThatKeepBrowsersSafeAndNoneForOtherOrigins() throws Exception {
        HttpResponse<String> page = send(HttpRequest.newBuilder().header("Origin", "https://elsewhere.example"), "/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(page.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(page.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void everyFileThatThePageAsksForIsThere() throws Exception {
        String page = send(HttpRequest.newBuilder(), "/").body();
        for (String file : Stream.of("main.js", "style.css", "icon.svg").toList()) {
            assertThat(page).contains(file);
        }
        for (String file : Stream.of("main.js", "pipelines.js", "runs.js", "lists.js", "api.js", "dom.js")
                .toList()) {
            HttpResponse<String> script = send(HttpRequest.newBuilder(), "/" + file);
            assertThat(script.statusCode()).as(file).isEqualTo(200);
            assertThat(script.headers().firstValue("Content-Type").orElse("")).contains("javascript");
        }
    }

    @Test
    void aPortThatIsTakenIsToldInASentence() {
        assertThatThrownBy(() -> Api.start(
                        fixture.store,
                        ApiSettings.loopback(fixture.api.port()),
                        (key, from, most) -> java.util.List.of(),
                        "x"))
                .isInstanceOf(DoughnutException.class)
                .hasMessageStartingWith("Cannot listen on 127.0.0.1:" + fixture.api.port());
    }

    @Test
    void withAKeyStoreItSpeaksTls() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "api",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(keys)) {
            store.load(in, "changeit".toCharArray());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), new SecureRandom());
        ApiSettings settings = ApiSettings.loopback(0).with(new ApiSettings.Tls(keys, "changeit"));
        try (Api secured = Api.start(fixture.store, settings, (key, from, most) -> java.util.List.of(), "x")) {
            assertThat(secured.address()).startsWith("https://");
            HttpResponse<String> health = HttpClient.newBuilder()
                    .sslContext(context)
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create(secured.address() + "api/v2/monitor/health"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(health.statusCode()).isEqualTo(200);
        }
    }
}

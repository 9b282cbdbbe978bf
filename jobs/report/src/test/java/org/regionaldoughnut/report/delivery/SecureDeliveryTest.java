package org.regionaldoughnut.report.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.office.Report;
import org.regionaldoughnut.report.delivery.Outcome.State;

/** E-mail over TLS, with a server whose certificate is made here. */
class SecureDeliveryTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);
    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path folder;

    private static Path keys;
    private static Path certificate;
    private static Path release;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = folder.resolve("mail.p12");
        certificate = folder.resolve("mail.pem");
        keytool(
                "-genkeypair",
                "-alias",
                "mail",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost");
        keytool("-exportcert", "-alias", "mail", "-rfc", "-file", certificate.toString());
        System.setProperty("greenmail.tls.keystore.file", keys.toString());
        System.setProperty("greenmail.tls.keystore.password", PASSWORD);
        release = folder.resolve("releases/office-2026-11-25-1");
        Files.createDirectories(release.resolve("pdf"));
        Files.writeString(release.resolve("pdf/index.pdf"), "%PDF of all");
    }

    private static void keytool(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("-keystore", keys.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    void aMessageGoesOverTlsToAServerWhoseCertificateTheOfficeTrusts() {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        mail.start();
        try {
            int port = mail.getSmtps().getPort();
            Map<String, String> words = new HashMap<>();
            assertThat(deliver(words, server("localhost", port, MailServer.Security.TLS, Optional.empty())))
                    .singleElement()
                    .satisfies(outcome -> {
                        assertThat(outcome.state()).as("nobody vouches for it").isEqualTo(State.FAILED);
                        assertThat(outcome.message()).contains("certification path");
                    });
            assertThat(deliver(words, server("127.0.0.1", port, MailServer.Security.TLS, Optional.of(certificate))))
                    .singleElement()
                    .satisfies(outcome -> {
                        assertThat(outcome.state())
                                .as("it is another's certificate")
                                .isEqualTo(State.FAILED);
                        assertThat(outcome.message()).contains("127.0.0.1");
                    });
            assertThat(mail.getReceivedMessages()).isEmpty();
            MailServer trusted = server("localhost", port, MailServer.Security.TLS, Optional.of(certificate));
            assertThat(deliver(words, trusted)).extracting(Outcome::state).containsExactly(State.SENT);
            assertThat(deliver(words, trusted)).extracting(Outcome::state).containsExactly(State.ALREADY);
            assertThat(mail.getReceivedMessages()).hasSize(1);
        } finally {
            mail.stop();
        }
    }

    @Test
    void aServerThatIsAskedForTlsAfterItsGreetingGetsTheMessageOnlyThen() throws Exception {
        try (UpgradingServer mail = new UpgradingServer(keys)) {
            MailServer server =
                    server("localhost", mail.port(), MailServer.Security.STARTTLS, Optional.of(certificate));
            assertThat(deliver(new HashMap<>(), server))
                    .extracting(Outcome::state)
                    .containsExactly(State.SENT);
            assertThat(mail.plain()).containsExactly("EHLO", "STARTTLS");
            assertThat(mail.guarded()).contains("MAIL", "DATA").anyMatch(line -> line.startsWith("Subject: Doughnut"));
        }
    }

    @Test
    void aServerThatRefusesTheRecipientIsQuotedAndAskedAgainLater() throws Exception {
        try (UpgradingServer mail = new UpgradingServer(keys)) {
            mail.refuse("550 5.1.1 mailbox unavailable");
            MailServer server =
                    server("localhost", mail.port(), MailServer.Security.STARTTLS, Optional.of(certificate));
            Map<String, String> words = new HashMap<>();
            assertThat(deliver(words, server)).singleElement().satisfies(outcome -> {
                assertThat(outcome.state()).isEqualTo(State.FAILED);
                assertThat(outcome.message()).contains("550").contains("mailbox unavailable");
            });
            mail.refuse("");
            assertThat(deliver(words, server)).extracting(Outcome::state).containsExactly(State.SENT);
        }
    }

    @Test
    void certificatesThatCannotBeReadAreNamed() {
        Path missing = folder.resolve("missing.pem");
        MailServer server = server("localhost", 1, MailServer.Security.TLS, Optional.of(missing));
        assertThat(deliver(new HashMap<>(), server)).singleElement().satisfies(outcome -> {
            assertThat(outcome.state()).isEqualTo(State.FAILED);
            assertThat(outcome.message()).contains("certificates in " + missing);
        });
    }

    private static MailServer server(String host, int port, MailServer.Security security, Optional<Path> certificates) {
        return new MailServer(
                host, port, security, Optional.empty(), "", "office@example.org", certificates, Duration.ofSeconds(20));
    }

    private static List<Outcome> deliver(Map<String, String> words, MailServer server) {
        DeliveryMemory memory = new DeliveryMemory() {
            @Override
            public Optional<String> recall(String key) {
                return Optional.ofNullable(words.get(key));
            }

            @Override
            public void remember(String key, String word) {
                words.put(key, word);
            }
        };
        Report report = new Report(
                "all",
                "T",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Report.Mail(List.of("reader@example.org"), Map.of())),
                false);
        Parcel parcel = new Parcel("office-2026-11-25-1", "", "Doughnut", "Sum", release.resolve("pdf/index.pdf"));
        return new Delivery(release, memory, Optional.of(server), CLOCK, Duration.ZERO)
                .deliver(report, region -> Optional.of(parcel));
    }

    /** As much of SMTP as a message needs, plain until STARTTLS. */
    private static final class UpgradingServer implements AutoCloseable {
        private final ServerSocket listening;
        private final SSLContext tls;
        private final List<String> plain = new ArrayList<>();
        private final List<String> guarded = new ArrayList<>();
        private volatile String refusal = "";

        UpgradingServer(Path keys) throws Exception {
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(keys)) {
                store.load(in, PASSWORD.toCharArray());
            }
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(store, PASSWORD.toCharArray());
            tls = SSLContext.getInstance("TLS");
            tls.init(own.getKeyManagers(), null, null);
            listening = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
            Thread thread = new Thread(this::serve);
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return listening.getLocalPort();
        }

        void refuse(String answer) {
            refusal = answer;
        }

        synchronized List<String> plain() {
            return List.copyOf(plain);
        }

        synchronized List<String> guarded() {
            return List.copyOf(guarded);
        }

        private void serve() {
            while (!listening.isClosed()) {
                try (Socket socket = listening.accept()) {
                    say(socket, "220 here");
                    if (talk(socket, plain)) {
                        try (SSLSocket guard = (SSLSocket)
                                tls.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true)) {
                            guard.setUseClientMode(false);
                            talk(guard, guarded);
                        }
                    }
                } catch (IOException e) {
                    // the client has gone, or the server is closed
                }
            }
        }

        /** Whether the client asked for TLS. */
        private boolean talk(Socket socket, List<String> heard) throws IOException {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            boolean data = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (this) {
                    heard.add(data ? line : line.split(" ")[0]);
                }
                if (data) {
                    data = !line.equals(".");
                    if (!data) {
                        say(socket, "250 taken");
                    }
                } else if (line.equals("STARTTLS")) {
                    say(socket, "220 go");
                    return true;
                } else if (line.startsWith("EHLO")) {
                    say(socket, heard == plain ? "250-here\r\n250 STARTTLS" : "250 here");
                } else if (line.startsWith("RCPT") && !refusal.isEmpty()) {
                    say(socket, refusal);
                } else {
                    data = line.equals("DATA");
                    say(socket, data ? "354 go" : "250 ok");
                }
            }
            return false;
        }

        private static void say(Socket socket, String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }
}

package org.regionaldoughnut.report.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.office.Report;
import org.regionaldoughnut.report.delivery.Outcome.State;

class DeliveryTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);

    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final Map<String, String> words = new HashMap<>();

    @TempDir
    private Path folder;

    private Path release;

    @BeforeEach
    void start() throws IOException {
        mail.start();
        release = folder.resolve("releases/office-2026-11-25-1");
        Files.createDirectories(release.resolve("html"));
        Files.createDirectories(release.resolve("pdf"));
        Files.writeString(release.resolve("html/index.html"), "<p>index</p>");
        Files.writeString(release.resolve("pdf/R1.pdf"), "%PDF of R1");
        Files.writeString(release.resolve("pdf/index.pdf"), "%PDF of all");
    }

    @AfterEach
    void stop() {
        mail.stop();
    }

    @Test
    void eachRecipientGetsThePdfOfTheirRegionOnceAndTheSummaryInTheBody() throws Exception {
        Report report = byMail(Map.of("R1", List.of("north@example.org", "planner@example.org")), "all@example.org");
        List<Outcome> first = deliver(report, here(), "Sum of R1: Łódź");
        assertThat(first).extracting(Outcome::state).containsOnly(State.SENT);
        assertThat(mail.getReceivedMessages()).hasSize(3);
        MimeMessage message = mail.getReceivedMessages()[1];
        assertThat(message.getSubject()).isEqualTo("Doughnut of R1, é Bcc: evil@example.org");
        assertThat(message.getAllRecipients()).hasSize(1);
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertThat(parts.getBodyPart(0).getContent().toString()).contains("Sum of R1: Łódź");
        assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("R1.pdf");
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("application/pdf");
        assertThat(new String(parts.getBodyPart(1).getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("%PDF of R1");

        assertThat(deliver(report, here(), "again")).extracting(Outcome::state).containsOnly(State.ALREADY);
        assertThat(mail.getReceivedMessages()).hasSize(3);
        assertThat(words.keySet()).noneMatch(key -> key.contains("example.org"));
    }

    @Test
    void aServerThatRefusesIsReportedAndTheNextDeliverySendsWhatIsMissing() throws Exception {
        Report report = byMail(Map.of(), "all@example.org");
        MailServer wrong = server(closedPort(), MailServer.Security.NONE);
        List<Outcome> refused = deliver(report, Optional.of(wrong), "x");
        assertThat(refused).singleElement().satisfies(outcome -> {
            assertThat(outcome.state()).isEqualTo(State.FAILED);
            assertThat(outcome.message())
                    .startsWith("Cannot send to all@example.org: 127.0.0.1:")
                    .contains("says");
        });
        assertThat(deliver(report, here(), "x")).extracting(Outcome::state).containsExactly(State.SENT);
        assertThat(mail.getReceivedMessages()).hasSize(1);
    }

    @Test
    void withoutTlsNothingIsSentToAServerThatShouldOfferIt() {
        Report report = byMail(Map.of(), "all@example.org");
        MailServer demanding = server(mail.getSmtp().getPort(), MailServer.Security.STARTTLS);
        assertThat(deliver(report, Optional.of(demanding), "x")).singleElement().satisfies(outcome -> {
            assertThat(outcome.state()).isEqualTo(State.FAILED);
            assertThat(outcome.message()).contains("STARTTLS");
        });
        assertThat(mail.getReceivedMessages()).isEmpty();
    }

    @Test
    void aConnectionThatBreaksAfterTheMessageLeavesADoubtAndNoSecondMessage() throws Exception {
        Report report = byMail(Map.of(), "all@example.org");
        try (ServerSocket breaking = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Thread server = new Thread(() -> breakAfterData(breaking));
            server.start();
            MailServer broken = server(breaking.getLocalPort(), MailServer.Security.NONE);
            assertThat(deliver(report, Optional.of(broken), "x"))
                    .extracting(Outcome::state)
                    .containsExactly(State.IN_DOUBT);
            server.join();
        }
        List<Outcome> later = deliver(report, here(), "x");
        assertThat(later).extracting(Outcome::state).containsExactly(State.IN_DOUBT);
        assertThat(later.get(0).message()).contains("It is not sent again");
        assertThat(mail.getReceivedMessages()).isEmpty();
    }

    /** Takes a message as SMTP does, and hangs up instead of the last answer. */
    private static void breakAfterData(ServerSocket listening) {
        try (Socket socket = listening.accept()) {
            var in = new java.io.BufferedReader(
                    new java.io.InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            var out = socket.getOutputStream();
            out.write("220 here\r\n".getBytes(StandardCharsets.US_ASCII));
            boolean data = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (data && line.equals(".")) {
                    return;
                }
                if (!data) {
                    data = line.equals("DATA");
                    out.write((data ? "354 go\r\n" : "250 ok\r\n").getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void folderArchiveAndFeedAreWrittenOnceAndWhole() throws Exception {
        Report report = new Report(
                "regions",
                "Doughnuts <of> & the regions",
                List.of(),
                Optional.of(folder.resolve("www")),
                Optional.of(folder.resolve("zips")),
                Optional.of(new Report.Feed(folder.resolve("www/feed.atom"), Optional.of("https://example.org/d"))),
                Optional.empty(),
                false);
        assertThat(deliver(report, here(), "sum <b>"))
                .extracting(Outcome::state)
                .containsOnly(State.SENT);
        assertThat(folder.resolve("www/office-2026-11-25-1/html/index.html")).hasContent("<p>index</p>");
        try (ZipFile zip =
                new ZipFile(folder.resolve("zips/office-2026-11-25-1.zip").toFile())) {
            assertThat(zip.getEntry("office-2026-11-25-1/pdf/R1.pdf")).isNotNull();
        }
        String feed = Files.readString(folder.resolve("www/feed.atom"));
        assertThat(feed)
                .contains("Doughnuts &lt;of&gt; &amp; the regions")
                .contains("href=\"https://example.org/d/office-2026-11-25-1/html/index.html\"")
                .contains("<updated>2026-11-25T12:00:00Z</updated>");
        words.clear();
        deliver(report, here(), "sum");
        assertThat(Files.readString(folder.resolve("www/feed.atom")).split("<entry>"))
                .hasSize(2);
    }

    @Test
    void aPlaceThatCannotBeWrittenIsReportedAndTheOthersAreServed() throws Exception {
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file");
        Report report = new Report(
                "regions",
                "T",
                List.of(),
                Optional.of(blocked),
                Optional.of(folder.resolve("zips")),
                Optional.empty(),
                Optional.empty(),
                false);
        assertThat(deliver(report, here(), "x")).extracting(Outcome::state).containsExactly(State.FAILED, State.SENT);
    }

    @Test
    void aRegionWithoutReportIsNamed() {
        Report report = byMail(Map.of("NOWHERE", List.of("a@example.org")));
        assertThat(deliver(report, here(), "x"))
                .singleElement()
                .extracting(Outcome::message)
                .asString()
                .contains("has no PDF of region NOWHERE");
    }

    private List<Outcome> deliver(Report report, Optional<MailServer> server, String summary) {
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
        return new Delivery(release, memory, server, CLOCK, Duration.ZERO).deliver(report, region -> {
            Path pdf = release.resolve("pdf/" + (region.isEmpty() ? "index" : region) + ".pdf");
            String subject = "Doughnut of " + region + ", é\r\nBcc: evil@example.org";
            return Files.exists(pdf)
                    ? Optional.of(new Parcel("office-2026-11-25-1", region, subject, summary, pdf))
                    : Optional.empty();
        });
    }

    private static Report byMail(Map<String, List<String>> byRegion, String... everyone) {
        Report.Mail mail = new Report.Mail(List.of(everyone), byRegion);
        return new Report(
                "regions",
                "T",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(mail),
                false);
    }

    private Optional<MailServer> here() {
        return Optional.of(server(mail.getSmtp().getPort(), MailServer.Security.NONE));
    }

    private static MailServer server(int port, MailServer.Security security) {
        return new MailServer(
                "127.0.0.1",
                port,
                security,
                Optional.empty(),
                "",
                "office@example.org",
                Optional.empty(),
                Duration.ofSeconds(5));
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

package org.regionaldoughnut.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.regionaldoughnut.app.lineage.LineageEvents;
import org.regionaldoughnut.app.run.Pipeline;
import org.regionaldoughnut.app.run.ReleaseWork;
import org.regionaldoughnut.ingest.landing.DownloadRules;
import org.regionaldoughnut.ingest.landing.Landing;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Session;
import org.regionaldoughnut.ledger.Ledger;
import org.regionaldoughnut.ledger.LedgerSettings;
import org.regionaldoughnut.ledger.Ledgers;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.OfficeReader;
import org.regionaldoughnut.office.Secrets;

/** The wiring: one office, its storage, its ledger and, where something needs it, its Spark session. */
public final class Workplace implements AutoCloseable {
    /** System property with the folder that holds conf/ and schemas/. */
    static final String HOME = "doughnut.home";

    /** Up to so many bytes of input, planning costs more than the rows. */
    private static final long SMALL = 128 << 20;

    private static final long MEGABYTE = 1 << 20;

    /** Largest block of a file that is only looked at. */
    static final long BLOCK = 64 * MEGABYTE;

    private static volatile boolean sessionsStay;
    private final Office office;
    private final Path storage;
    private final Clock clock;
    private final Map<String, String> environment;
    private Ledger ledger;
    private SparkSession spark;
    private boolean sparkIsOurs;

    private final Landing landing;

    private Workplace(Office office, Path storage, Clock clock, Map<String, String> environment) {
        this.landing = new Landing(storage, new Secrets(environment), rules(office));
        this.office = office.locating(landing::at);
        this.storage = storage;
        this.clock = clock;
        this.environment = environment;
    }

    /**
     * @param storage storage URI of the command line; else that of the settings, else {@code .doughnut/<office>}
     * @throws DoughnutException where the configuration or the storage cannot be used
     */
    static Workplace open(
            String officeName,
            List<String> set,
            Optional<String> storage,
            Map<String, String> environment,
            Clock clock) {
        Path here = Path.of("").toAbsolutePath();
        Office office = new OfficeReader(home(), environment, here).read(officeName, set);
        String uri = storage.or(() -> office.setting("storage.uri")).orElse(".doughnut/" + office.id());
        return new Workplace(office, local(uri, here), clock, environment);
    }

    /** From now on a session stays open when the work that opened it is done: for a process that does more than one. */
    static void keepSessions() {
        sessionsStay = true;
    }

    static Path home() {
        return Path.of(System.getProperty(HOME, "")).toAbsolutePath();
    }

    private static Path local(String uri, Path here) {
        String path = uri.startsWith("file:") ? java.net.URI.create(uri).getPath() : uri;
        if (path.matches("[a-z0-9]+:.*")) {
            throw new DoughnutException(
                    ExitCode.CONFIGURATION,
                    "Cannot use the storage " + uri
                            + ": only file: is served so far. Name a folder that all workers see.");
        }
        return here.resolve(path).normalize();
    }

    private static DownloadRules rules(Office office) {
        DownloadRules standard = DownloadRules.standard();
        List<String> hosts = new ArrayList<>();
        office.settings().at("/ingest/download/allowed_hosts").forEach(host -> hosts.add(host.asText()));
        return new DownloadRules(
                hosts,
                office.setting("ingest.download.proxy"),
                office.setting("ingest.download.timeout_seconds")
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                        .orElse(standard.timeout()),
                office.setting("ingest.download.retries").map(Integer::parseInt).orElse(standard.retries()),
                standard.pause(),
                office.setting("ingest.download.max_mb")
                        .map(megabytes -> Long.parseLong(megabytes) * MEGABYTE)
                        .orElse(standard.maxBytes()));
    }

    Office office() {
        return office;
    }

    Path storage() {
        return storage;
    }

    synchronized Ledger ledger() {
        if (ledger == null) {
            Secrets secrets = new Secrets(environment);
            Path file = office.folder().resolve("office.yaml");
            Optional<String> url = office.setting("database.url").map(u -> secrets.resolve(u, file));
            LedgerSettings settings = url.map(u -> LedgerSettings.at(
                            u,
                            office.setting("database.user")
                                    .map(v -> secrets.resolve(v, file))
                                    .orElse(""),
                            office.setting("database.password")
                                    .map(v -> secrets.resolve(v, file))
                                    .orElse("")))
                    .orElseGet(() -> LedgerSettings.embedded(storage.resolve("ledger")));
            try {
                Files.createDirectories(storage);
            } catch (IOException e) {
                throw new DoughnutException(
                        ExitCode.CONFIGURATION,
                        "Cannot use the storage " + storage + ": " + e.getMessage()
                                + ". Name a folder that can be written.");
            }
            ledger = Ledgers.open(settings, clock);
            ledger.claimStorage(office.id());
        }
        return ledger;
    }

    /** The lake for a question. */
    Lake lake() {
        return lake(0);
    }

    private synchronized Lake lake(long inputBytes) {
        if (spark == null) {
            Map<String, String> settings = new HashMap<>(inputBytes <= SMALL ? Session.forSmallData() : Map.of());
            office.settings()
                    .at("/spark/conf")
                    .fields()
                    .forEachRemaining(e -> settings.put(e.getKey(), e.getValue().asText()));
            sparkIsOurs = SparkSession.getDefaultSession().isEmpty() && !sessionsStay;
            spark = Session.open(office.setting("spark.master").orElse(null), settings);
            spark.sparkContext().setLogLevel("ERROR");
        }
        SparkJobs.join(spark.sparkContext());
        return new Lake(spark, storage.toUri().toString().replaceAll("/$", ""));
    }

    ReleaseWork releases() {
        return new ReleaseWork(office, ledger(), this::lake, storage, clock);
    }

    Pipeline pipeline(Optional<LocalDate> asOf) {
        long blockBytes =
                office.setting("ingest.max_partition_mb").map(Long::parseLong).orElse(64L) * MEGABYTE;
        return new Pipeline(office, ledger(), this::lake, storage, clock, blockBytes, asOf, landing, this::lineage);
    }

    private LineageEvents lineage() {
        Path file = office.folder().resolve("office.yaml");
        Secrets secrets = new Secrets(environment);
        return LineageEvents.open(office, storage, clock, value -> secrets.resolve(value, file));
    }

    @Override
    public synchronized void close() {
        if (ledger != null) {
            ledger.close();
        }
        if (spark != null && sparkIsOurs) {
            spark.stop();
        }
    }
}

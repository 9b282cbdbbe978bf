package org.regionaldoughnut.app.run;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.app.lineage.LineageEvents;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.ledger.BatchRecord;
import org.regionaldoughnut.ledger.BatchState;
import org.regionaldoughnut.ledger.Ledger;
import org.regionaldoughnut.ledger.LedgerSettings;
import org.regionaldoughnut.ledger.Ledgers;
import org.regionaldoughnut.ledger.RunStart;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.OfficeReader;

/**
 * Computes a release again: its received cells, under its own configuration, with this program, in a storage of its
 * own. Nothing of the office's storage is changed.
 */
final class Replay {
    private static final String RUN = "replay";

    private final Path release;
    private final JsonNode said;
    private final Office office;

    /**
     * @param release folder of the release, with its {@code conf/}
     * @param current the office as it is now: it knows where the received files lie and who contributes, which no
     *     release tells
     */
    Replay(Path release, Office current) {
        this.release = release;
        try {
            this.said =
                    new ObjectMapper().readTree(release.resolve("release.json").toFile());
        } catch (IOException e) {
            throw new DoughnutException(
                    ExitCode.DATA_REFUSED,
                    "Cannot reproduce " + release + ": " + e.getMessage() + ". Restore the release.");
        }
        Path home = release.resolve("conf");
        this.office =
                new OfficeReader(home, Map.of(), home).read(said.path("office").asText(), settings(home, current));
    }

    private static List<String> settings(Path home, Office current) {
        List<String> settings = new ArrayList<>();
        Path kept = home.resolve("settings.json");
        if (Files.isRegularFile(kept)) {
            try {
                new ObjectMapper()
                        .readTree(kept.toFile())
                        .fields()
                        .forEachRemaining(field -> settings.add(field.getKey() + "=" + field.getValue()));
            } catch (IOException e) {
                throw new DoughnutException(
                        ExitCode.DATA_REFUSED,
                        "Cannot read " + kept + ": " + e.getMessage() + ". Restore the release.");
            }
        }
        current.setting("data")
                .ifPresent(data -> settings.add("data=" + current.folder().resolve(data)));
        JsonNode variables = current.settings().path("variables");
        if (!variables.isMissingNode()) {
            settings.add("variables=" + variables);
        }
        current.publication()
                .disclosure()
                .contributors()
                .ifPresent(file -> settings.add("publication.disclosure.contributors=" + file));
        return settings;
    }

    /** How a table computed again compares. */
    record Compared(String name, String released, String again) {
        boolean same() {
            return released.equals(again);
        }
    }

    /**
     * @param folder of the draft computed again
     * @param programs rooms whose program is another than then
     */
    record Result(Path folder, List<Compared> tables, Set<String> programs) {
        boolean same() {
            return tables.stream().allMatch(Compared::same);
        }
    }

    /**
     * @param lake the office's lake
     * @param ledger the office's ledger
     * @param scratch an empty folder
     * @param earlier releases that were there before: what they show cannot be hidden
     */
    Result run(Lake lake, Ledger ledger, Path scratch, List<Path> earlier, Fingerprints fingerprints, Progress progress)
            throws InterruptedException {
        Instant then = Instant.parse(said.path("created").asText());
        Clock clock = Clock.fixed(then, ZoneOffset.UTC);
        Lake again = new Lake(lake.spark(), scratch.toUri().toString().replaceAll("/$", ""));
        try (Ledger own = Ledgers.open(LedgerSettings.embedded(scratch.resolve("ledger")), clock)) {
            Optional<Instant> asOf =
                    Optional.ofNullable(said.path("as_of").asText(null)).map(day -> office.endOf(LocalDate.parse(day)));
            own.startRun(new RunStart(RUN, office.id(), RUN, Optional.empty(), asOf));
            copy(lake, ledger, again, own);
            beside(earlier, scratch);
            RunContext today = new RunContext(
                    office,
                    own,
                    again,
                    scratch,
                    clock,
                    Arrivals.none(),
                    asOf.orElse(Instant.MAX),
                    RUN,
                    false,
                    false,
                    fingerprints);
            List<PlannedStep> plan = new Planner(
                            office, own, fingerprints, Arrivals.none(), Optional.empty(), List.of())
                    .plan().stream()
                            .filter(step -> !Set.of(StepId.INGEST, StepId.REPORT)
                                    .contains(step.id().step()))
                            .toList();
            Waivers waivers = new Waivers(own);
            new Waivers(ledger)
                    .all().stream()
                            .filter(waiver -> !Instant.parse(waiver.granted()).isAfter(then))
                            .forEach(waivers::add);
            Runner runner;
            try (LineageEvents untold = LineageEvents.untold(office, scratch, clock)) {
                Runnable noBook = () -> {}; // the scratch storage has no readers
                runner = new Runner(own, new Rooms(today), progress, RUN, untold, noBook);
                runner.run(plan, Set.of());
            }
            if (!runner.failures().isEmpty()) {
                Throwable first = runner.failures().get(0);
                throw first instanceof DoughnutException known ? known : new IllegalStateException(first);
            }
            Path draft = Path.of(own.releases().get(0).folder());
            return compared(draft, fingerprints);
        }
    }

    private static void beside(List<Path> earlier, Path scratch) {
        try {
            Path releases = Files.createDirectories(scratch.resolve("releases"));
            for (Path other : earlier) {
                Files.createSymbolicLink(releases.resolve(other.getFileName()), other.toAbsolutePath());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The batches of the release, as they were received. */
    private void copy(Lake lake, Ledger ledger, Lake again, Ledger own) {
        Map<String, Set<String>> batches = new TreeMap<>();
        for (JsonNode input : said.path("inputs")) {
            batches.computeIfAbsent(input.path("source").asText(), s -> new TreeSet<>())
                    .add(input.path("batch").asText());
        }
        long version = 1;
        for (Map.Entry<String, Set<String>> source : batches.entrySet()) {
            Table raw = Table.raw(source.getKey());
            Dataset<Row> rows = lake.read(raw)
                    .orElseThrow(() -> gone(source.getKey(), "its rows are no longer in the lake"))
                    .where(col("batch").isin(source.getValue().toArray()));
            again.append(raw, rows, Write.of(RUN, source.getKey(), version++));
            Set<String> missing = new TreeSet<>(source.getValue());
            for (BatchRecord batch : ledger.batches(source.getKey())) {
                if (missing.remove(batch.batch())) {
                    own.recordBatch(new BatchRecord(
                            batch.source(),
                            batch.batch(),
                            batch.file(),
                            batch.bytes(),
                            batch.modified(),
                            batch.received(),
                            batch.published(),
                            batch.lines(),
                            batch.cells(),
                            batch.quarantined(),
                            BatchState.RECEIVED,
                            batch.mappingHash()));
                }
            }
            if (!missing.isEmpty()) {
                throw gone(
                        source.getKey(),
                        "the ledger does not know the batch "
                                + missing.iterator().next());
            }
        }
    }

    private DoughnutException gone(String source, String why) {
        return new DoughnutException(
                ExitCode.DATA_REFUSED,
                "Cannot reproduce " + release.getFileName() + ": of the source " + source + " " + why
                        + ". Receive its files again.");
    }

    private Result compared(Path draft, Fingerprints fingerprints) {
        Map<String, String> now = new LinkedHashMap<>();
        try {
            new ObjectMapper()
                    .readTree(draft.resolve("release.json").toFile())
                    .path("tables")
                    .forEach(table -> now.put(
                            table.path("name").asText(), table.path("sha256").asText()));
        } catch (IOException e) {
            throw new IllegalStateException("the draft just written cannot be read", e);
        }
        List<Compared> tables = new ArrayList<>();
        said.path("tables").forEach(table -> {
            String name = table.path("name").asText();
            tables.add(new Compared(name, table.path("sha256").asText(), now.getOrDefault(name, "")));
        });
        Set<String> programs = new TreeSet<>();
        said.path("program").fields().forEachRemaining(room -> {
            if (!fingerprints.of(room.getKey()).equals(room.getValue().asText())) {
                programs.add(room.getKey());
            }
        });
        return new Result(draft, tables, programs);
    }

    /** Removes what a replay left. */
    static void clear(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var walk = Files.walk(folder)) {
            for (Path path : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

package org.regionaldoughnut.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.Hash;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Publication;
import org.regionaldoughnut.office.Source;

/**
 * Builds drafts: {@code drafts/<id>/} with {@code parquet/<table>/part-0.parquet} and {@code csv/<table>.csv} for the
 * tables indicators, doughnut and regions, {@code conf/}, {@code datapackage.json} and, last, {@code release.json}. The
 * figures released have breakdown {@code _T} and the office's own boundary set; confidential ones are suppressed. The
 * storage is a folder of a file system of this machine.
 */
public final class Drafts {
    private static final Table INDICATORS = new Table("statistics", "indicators");
    private static final Table DOUGHNUT = new Table("statistics", "doughnut");
    private static final Table REGIONS = Table.harmonised("regions");

    private final Lake lake;
    private final Releases releases;
    private final Clock clock;

    /**
     * @param storageRoot folder that holds drafts/ and releases/
     * @param clock tells the day of the release
     */
    public Drafts(Lake lake, Path storageRoot, Clock clock) {
        this.lake = lake;
        this.releases = new Releases(storageRoot);
        this.clock = clock;
    }

    /**
     * @throws DoughnutException where there are no statistics to release
     */
    public Draft build(DraftRequest request) {
        Office office = request.office();
        Map<String, Dataset<Row>> rows = released(office);
        Instant created = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        ReleaseId id = request.amends()
                .map(amendment -> releases.nextVersion(amendment.of(), request.kept()))
                .orElseGet(() ->
                        releases.next(office.id(), LocalDate.ofInstant(created, office.timeZone()), request.kept()));
        Optional<Instant> embargo = request.embargo()
                .or(() -> request.amends().isPresent()
                        ? Optional.empty()
                        : office.publication().next(created).map(Publication.Planned::at));
        Path folder = releases.begin(id, office.approvalRequired(), request.kept());
        try {
            List<ReleasedTable> tables = write(office, rows, folder);
            Configuration.copy(office, folder.resolve("conf"));
            JsonFile.replace(
                    folder.resolve("datapackage.json"),
                    new DataPackage(office, folder).of(id, created, sources(request), tables));
            String hash = contentHash(tables);
            List<ObjectNode> notes = request.amends().map(this::notesOf).orElse(List.of());
            JsonFile.replace(
                    folder.resolve(Releases.DESCRIPTION),
                    new Description(request, id, created)
                            .of(tables, hash, embargo, List.copyOf(notes), JsonNodeFactory.instance.objectNode()));
            return new Draft(id, folder, tables, hash, embargo, request.amends().map(DraftRequest.Amendment::of));
        } catch (IOException | UncheckedIOException e) {
            throw new DoughnutException(
                    ExitCode.INTERNAL_ERROR,
                    "Cannot write the draft " + folder + ": " + e.getMessage()
                            + ". Check the space and the rights of the storage, and run publish again.",
                    e);
        }
    }

    private Map<String, Dataset<Row>> released(Office office) {
        Map<String, Dataset<Row>> rows = new LinkedHashMap<>();
        rows.put("indicators", existing(INDICATORS).where(col("breakdown").equalTo(lit("_T"))));
        rows.put(
                "doughnut",
                existing(DOUGHNUT)
                        .where(col("breakdown")
                                .equalTo(lit("_T"))
                                .and(col("boundary_set").equalTo(lit(office.boundarySet())))));
        Dataset<Row> regions = existing(REGIONS);
        boolean versioned = List.of(regions.columns()).contains("superseded");
        rows.put("regions", versioned ? regions.where(col("superseded").isNull()) : regions);
        return rows;
    }

    private Dataset<Row> existing(Table table) {
        return lake.read(table)
                .orElseThrow(() -> new DoughnutException(
                        ExitCode.DATA_REFUSED,
                        "Cannot build a draft: there is no table " + table
                                + ". Run the steps before publish first, or all of them with run."));
    }

    /** Side by side: each is a small job that leaves cores idle. */
    private static List<ReleasedTable> write(Office office, Map<String, Dataset<Row>> rows, Path folder) {
        TableWriter writer = new TableWriter(folder);
        ExecutorService threads = Executors.newFixedThreadPool(rows.size());
        try {
            List<Future<ReleasedTable>> written = new ArrayList<>();
            rows.forEach((name, dataset) -> written.add(
                    threads.submit(() -> writer.write(office.contracts().get(name), dataset))));
            List<ReleasedTable> tables = new ArrayList<>();
            for (Future<ReleasedTable> table : written) {
                tables.add(table.get());
            }
            return tables;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the draft " + folder + " was written", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static String contentHash(List<ReleasedTable> tables) {
        List<String> parts = new ArrayList<>();
        for (ReleasedTable table : tables) {
            parts.add(table.name());
            parts.add(table.sha256());
        }
        return Hash.of(parts);
    }

    private static List<Source> sources(DraftRequest request) {
        return request.inputs().stream()
                .map(DraftRequest.Input::source)
                .distinct()
                .map(source -> request.office().sources().get(source))
                .toList();
    }

    private List<ObjectNode> notesOf(DraftRequest.Amendment amendment) {
        List<ObjectNode> notes = new ArrayList<>();
        releases.description(amendment.of()).path("notes").forEach(note -> notes.add((ObjectNode) note));
        return notes;
    }
}

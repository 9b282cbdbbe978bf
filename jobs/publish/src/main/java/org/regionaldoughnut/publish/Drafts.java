package org.regionaldoughnut.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SideBySide;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Hash;
import org.regionaldoughnut.office.Contract;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Publication;
import org.regionaldoughnut.office.Source;

/**
 * Builds drafts: {@code drafts/<id>/} with the tables indicators, doughnut, regions, indicators_breakdown,
 * doughnut_sensitivity and, where they were computed, trends as Parquet, CSV, SDMX-CSV and spreadsheets, {@code conf/}, their descriptions
 * ({@code datapackage.json}, {@code dcat.jsonld}, {@code dictionary.json}, {@code quality-report.json}), what changed
 * since the release before ({@code revisions.json}) and {@code release.json}. Confidential figures are suppressed, with
 * others that would give them away. The storage is a folder of a file system of this machine.
 */
public final class Drafts {
    private static final Table INDICATORS = new Table("statistics", "indicators");
    private static final Table DOUGHNUT = new Table("statistics", "doughnut");
    private static final Table TRENDS = new Table("statistics", "trends");
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
        Dataset<Row> indicators = existing(INDICATORS);
        Dataset<Row> doughnut = existing(DOUGHNUT);
        Dataset<Row> regions = regions();
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
            DisclosureControl.Result safe =
                    new DisclosureControl(office, indicators, regions, releases.folders(office.id())).run();
            List<ReleasedTable> tables =
                    write(office, planned(office, indicators, doughnut, regions, lake.read(TRENDS), safe), folder);
            Configuration.copy(office, folder.resolve("conf"));
            JsonFile.replace(folder.resolve("conf/settings.json"), Configuration.settings(office));
            List<Source> sources = sources(request);
            JsonFile.replace(
                    folder.resolve("datapackage.json"),
                    new DataPackage(office, folder).of(id, created, sources, tables));
            JsonFile.replace(
                    folder.resolve("dcat.jsonld"), new Catalogue(office, folder).of(id, created, sources, tables));
            JsonFile.replace(folder.resolve("dictionary.json"), DataDictionary.of(office, tables));
            Optional<ReleaseId> before = request.amends()
                    .map(DraftRequest.Amendment::of)
                    .or(() -> releases.latest().map(Releases.Release::id));
            String hash = contentHash(tables);
            if (before.isPresent()) {
                JsonFile.replace(
                        folder.resolve("revisions.json"),
                        new Revisions(releases.folder(before.get()), folder)
                                .report(new Description(request, id, created).origins(), Revisions.FEW));
            }
            JsonFile.replace(
                    folder.resolve("quality-report.json"),
                    new QualityReport(office, folder).of(id, created, embargo, sources, tables, safe.report()));
            List<ObjectNode> notes = request.amends().map(this::notesOf).orElse(List.of());
            JsonFile.replace(
                    folder.resolve(Releases.DESCRIPTION),
                    new Description(request, id, created).of(tables, hash, embargo, List.copyOf(notes), safe.report()));
            return new Draft(id, folder, tables, hash, embargo, request.amends().map(DraftRequest.Amendment::of));
        } catch (IOException | UncheckedIOException e) {
            throw new DoughnutException(
                    ExitCode.INTERNAL_ERROR,
                    "Cannot write the draft " + folder + ": " + e.getMessage()
                            + ". Check the space and the rights of the storage, and run publish again.",
                    e);
        }
    }

    /** The statistics as they are; the regions that are valid now. */
    private Dataset<Row> regions() {
        Dataset<Row> regions = existing(REGIONS);
        boolean versioned = List.of(regions.columns()).contains("superseded");
        return versioned ? regions.where(col("superseded").isNull()) : regions;
    }

    private static List<Planned> planned(
            Office office,
            Dataset<Row> indicators,
            Dataset<Row> doughnut,
            Dataset<Row> regions,
            Optional<Dataset<Row>> trends,
            DisclosureControl.Result safe) {
        Contract figures = office.contracts().get("indicators");
        Contract places = office.contracts().get("doughnut");
        Dataset<Row> free = safe.onIndicators(indicators);
        Dataset<Row> drawn = safe.onDoughnut(doughnut, indicators);
        Column total = col("breakdown").equalTo(lit(Cell.TOTAL));
        Column own = col("boundary_set").equalTo(ownSet(office));
        List<Planned> tables = new ArrayList<>(List.of(
                new Planned("indicators", figures, free.where(total)),
                new Planned("doughnut", places, drawn.where(total.and(own))),
                new Planned("regions", office.contracts().get("regions"), regions),
                new Planned("indicators_breakdown", figures, free.where(not(total))),
                new Planned("doughnut_sensitivity", places, drawn.where(not(total.and(own))))));
        trends.ifPresent(
                rows -> tables.add(new Planned("trends", office.contracts().get("trends"), safe.onTrends(rows))));
        return tables;
    }

    /** The boundary set that the framework of a row is held against by default. */
    private static Column ownSet(Office office) {
        Column set = lit(office.boundarySet());
        for (Framework framework : office.frameworks()) {
            String id = framework.id();
            set = when(col("framework").equalTo(id), lit(office.boundarySetOf(id)))
                    .otherwise(set);
        }
        return set;
    }

    /** A table as it is to be written. */
    private record Planned(String name, Contract contract, Dataset<Row> rows) {}

    private Dataset<Row> existing(Table table) {
        return lake.read(table)
                .orElseThrow(() -> new DoughnutException(
                        ExitCode.DATA_REFUSED,
                        "Cannot build a draft: there is no table " + table
                                + ". Run the steps before publish first, or all of them with run."));
    }

    private static List<ReleasedTable> write(Office office, List<Planned> rows, Path folder) {
        TableWriter writer = new TableWriter(
                folder, SdmxCsvFile.agency(office.id()), office.publication().textRows());
        List<Callable<ReleasedTable>> writes = new ArrayList<>();
        rows.forEach(table -> writes.add(() -> writer.write(table.name(), table.contract(), table.rows())));
        return SideBySide.all(writes);
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

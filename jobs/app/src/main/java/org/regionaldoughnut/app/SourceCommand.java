package org.regionaldoughnut.app;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.app.query.Answer;
import org.regionaldoughnut.app.query.Printer;
import org.regionaldoughnut.app.source.Inference;
import org.regionaldoughnut.harmonise.Facts;
import org.regionaldoughnut.harmonise.Regions;
import org.regionaldoughnut.ingest.Ingest;
import org.regionaldoughnut.ingest.Receipt;
import org.regionaldoughnut.ledger.BatchRecord;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.office.Contract;
import org.regionaldoughnut.office.CsvTable;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Source;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "source",
        header = "Proposes, shows, checks and lists the sources of an office.",
        footer = {
            "",
            "Examples:",
            "  doughnut source infer ../received/heat-pumps.csv > conf/alps/sources/heat-pumps.yaml",
            "  doughnut --office alps source preview heat-pumps",
            "  doughnut --office alps source check heat-pumps",
            "  doughnut --office uk source list"
        },
        subcommands = {
            SourceCommand.Infer.class,
            SourceCommand.Preview.class,
            SourceCommand.Check.class,
            SourceCommand.ListAll.class
        })
final class SourceCommand extends Verb {
    private static final String REGIONS = "regions";

    @Override
    public Integer call() {
        spec.commandLine().usage(err());
        return ExitCode.USAGE.code();
    }

    private static Source named(Office office, String name) {
        Source source = office.sources().get(name);
        if (source == null) {
            throw new DoughnutException(
                    ExitCode.USAGE,
                    "Cannot find the source '" + name + "': the office " + office.id() + " has none of that name."
                            + NearMiss.hint(name, office.sources().keySet()) + " Known are: "
                            + String.join(", ", office.sources().keySet()) + ".");
        }
        return source;
    }

    private static RegionTree tree(Workplace workplace) {
        return Regions.tree(workplace.lake());
    }

    /** The rows a mapping makes of a file, in the office's codes where its regions are known already. */
    private static Dataset<Row> rows(Workplace workplace, Source source, Receipt receipt) {
        Contract contract = workplace.office().contracts().get(source.contract());
        Dataset<Row> mapped = new Ingest(workplace.lake()).preview(source, contract, receipt);
        RegionTree tree = tree(workplace);
        return source.contract().equals(REGIONS) || tree.regions().isEmpty()
                ? mapped.withColumn(
                        "problem", org.apache.spark.sql.functions.lit(null).cast("string"))
                : new Facts(workplace.lake(), workplace.office(), tree).preview(contract, source, mapped);
    }

    @Command(
            name = "infer",
            header = "Proposes the YAML of a source from a received file, with its reasons.",
            description = {
                "",
                "Delimited text, Eurostat TSV, SDMX-CSV, JSON-stat, JSON lines, Parquet and XLSX, also gzipped, zstd or in",
                "a ZIP archive. Where the columns are those of a preset, the preset is named. Regions are looked for in",
                "the schemes of the office and of schemas/. The YAML goes to standard output."
            },
            footer = {
                "",
                "Examples:",
                "  doughnut source infer ../shared/data/eu/eurostat_tsv_2017/ilc_li41.tsv",
                "  doughnut --office eu source infer --id poverty ilc_li41.tsv > conf/eu/sources/poverty.yaml"
            })
    static final class Infer extends Verb {
        @Parameters(paramLabel = "FILE", description = "The received file.")
        Path file;

        @Option(names = "--id", paramLabel = "ID", description = "Id of the source (default: made of the file's name).")
        String id;

        @Option(
                names = "--member",
                paramLabel = "NAME",
                description = "Name, or pattern of names, of the member of a ZIP archive to look at.")
        String member;

        @Override
        public Integer call() {
            try (Workplace workplace = workplace()) {
                return infer(workplace);
            }
        }

        private Integer infer(Workplace workplace) {
            Set<String> schemes = new TreeSet<>();
            if (options().office != null) {
                Office office = workplace.office();
                schemes.add(office.regions().frame());
                office.regions().correspondences().forEach(name -> CsvTable.read(
                                office.correspondenceFile(name), "from_scheme")
                        .rows()
                        .forEach(row -> schemes.add(row.get("from_scheme"))));
            }
            Path absolute = file.toAbsolutePath().normalize();
            if (!Files.isRegularFile(absolute)) {
                throw new DoughnutException(
                        ExitCode.SOURCE_UNAVAILABLE,
                        "Cannot propose a source for " + file + ": there is no such file. Name a file.");
            }
            String name = id != null
                    ? id
                    : Inference.stem(absolute).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
            String yaml = new Inference(
                            Workplace.home(), schemes, () -> workplace.lake().spark())
                    .propose(absolute, Optional.ofNullable(member), name, absolute.toString());
            if (options().json) {
                out().println(JsonLine.of(JsonLine.object().put("id", name).put("yaml", yaml)));
            } else {
                out().print(yaml);
                out().flush();
            }
            return ExitCode.DONE.code();
        }
    }

    @Command(
            name = "preview",
            header = "Shows what the mapping of a source makes of the first rows, and rejected rows with the reason.",
            footer = {"", "Examples:", "  doughnut --office uk source preview la-emissions --rows 20"})
    static final class Preview extends Verb {
        @Parameters(paramLabel = "NAME", description = "The source.")
        String name;

        @Option(
                names = "--rows",
                paramLabel = "N",
                description = "So many rows of each kind (default: ${DEFAULT-VALUE}).",
                defaultValue = "10")
        int rows;

        @Override
        public Integer call() {
            try (Workplace workplace = workplace()) {
                Source source = named(workplace.office(), name);
                Receipt receipt = Receipt.of(source, Workplace.BLOCK).get(0);
                Dataset<Row> all = rows(workplace, source, receipt);
                Answer kept = answer(
                        all.where(col("reason").isNull().and(col("problem").isNull()))
                                .drop("batch", "file", "series", "reason", "problem", "source", "action"));
                Answer rejected = answer(
                        all.where(col("reason").isNotNull().or(col("problem").isNotNull()))
                                .selectExpr("line", "cell", "received", "coalesce(reason, problem) as reason"));
                if (options().json) {
                    ObjectNode object = JsonLine.object();
                    object.put("source", name).put("file", receipt.file().toString());
                    object.putPOJO("rows", kept.rows());
                    object.putPOJO("rejected", rejected.rows());
                    out().println(JsonLine.of(object));
                    return ExitCode.DONE.code();
                }
                out().println("Of " + receipt.file() + ", the first rows that are kept:");
                Printer.table(kept, out());
                out().println();
                out().println(rejected.rows().isEmpty() ? "No row is rejected." : "The first rows that are rejected:");
                if (!rejected.rows().isEmpty()) {
                    Printer.table(rejected, out());
                }
                if (tree(workplace).regions().isEmpty()) {
                    err().println("Note: the office's regions are not harmonised yet, so regions and units are shown as"
                            + " received. Run 'doughnut harmonise regions'.");
                }
                return ExitCode.DONE.code();
            }
        }

        private Answer answer(Dataset<Row> all) {
            Dataset<Row> limited = all.limit(rows);
            List<String> columns = List.of(limited.columns());
            List<Map<String, Object>> shown = new ArrayList<>();
            for (Row row : limited.collectAsList()) {
                Map<String, Object> of = new LinkedHashMap<>();
                columns.forEach(column -> of.put(column, row.getAs(column)));
                shown.add(of);
            }
            List<String> filled = columns.stream()
                    .filter(column -> shown.isEmpty() || shown.stream().anyMatch(row -> row.get(column) != null))
                    .toList();
            return new Answer(filled, shown);
        }
    }

    @Command(
            name = "check",
            header = "Reads a source's file to its end and says what would be kept, quarantined or not placed.",
            description = {"", "Exit code 4 where nothing would be kept, 3 where the configuration is at fault."},
            footer = {"", "Examples:", "  doughnut --office uk source check la-emissions"})
    static final class Check extends Verb {
        @Parameters(paramLabel = "NAME", description = "The source.")
        String name;

        @Override
        public Integer call() {
            try (Workplace workplace = workplace()) {
                Source source = named(workplace.office(), name);
                List<Map<String, Object>> files = new ArrayList<>();
                long kept = 0;
                for (Receipt receipt : Receipt.of(source, Workplace.BLOCK)) {
                    Dataset<Row> all = rows(workplace, source, receipt).cache();
                    Map<String, Object> file = new LinkedHashMap<>();
                    file.put("file", receipt.name());
                    file.put("cells", all.count());
                    file.put("rejected", all.where(col("reason").isNotNull()).count());
                    file.put(
                            "not_placed",
                            all.where(col("reason").isNull().and(col("problem").isNotNull()))
                                    .count());
                    Dataset<Row> reasons = all.selectExpr("coalesce(reason, problem) as reason")
                            .where("reason is not null")
                            .groupBy("reason")
                            .count()
                            .orderBy(col("count").desc(), col("reason"));
                    List<String> said = new ArrayList<>();
                    reasons.limit(5)
                            .collectAsList()
                            .forEach(row -> said.add(row.getLong(1) + " times: " + row.getString(0)));
                    file.put("reasons", said);
                    files.add(file);
                    kept += all.where(col("reason").isNull().and(col("problem").isNull()))
                            .count();
                    all.unpersist();
                }
                if (options().json) {
                    ObjectNode object = JsonLine.object().put("source", name).put("kept", kept);
                    object.putPOJO("files", files);
                    out().println(JsonLine.of(object));
                } else {
                    for (Map<String, Object> file : files) {
                        out().println(file.get("file") + ": " + file.get("cells") + " cells, " + file.get("rejected")
                                + " rejected, " + file.get("not_placed") + " in no region or unit of the office");
                        for (Object reason : (List<?>) file.get("reasons")) {
                            out().println("  " + reason);
                        }
                    }
                    out().println(kept + " cells would be kept.");
                }
                return (kept > 0 ? ExitCode.DONE : ExitCode.DATA_REFUSED).code();
            }
        }
    }

    @Command(
            name = "list",
            header = "Lists the sources of an office with their last batch, rows and freshness.",
            footer = {"", "Examples:", "  doughnut --office uk source list", "  doughnut source list --json"})
    static final class ListAll extends Verb {
        private static final int SHORT = 12;

        @Override
        public Integer call() {
            try (Workplace workplace = workplace()) {
                List<Map<String, Object>> rows = new ArrayList<>();
                for (Source source : workplace.office().sources().values()) {
                    rows.add(row(workplace, source));
                }
                List<String> columns =
                        rows.isEmpty() ? List.of() : List.copyOf(rows.get(0).keySet());
                Answer answer = new Answer(columns, rows);
                if (options().json) {
                    Printer.json(answer, out());
                } else {
                    Printer.table(answer, out());
                }
                return ExitCode.DONE.code();
            }
        }

        private Map<String, Object> row(Workplace workplace, Source source) {
            List<BatchRecord> batches = workplace.ledger().batches(source.id());
            Optional<BatchRecord> last =
                    batches.isEmpty() ? Optional.empty() : Optional.of(batches.get(batches.size() - 1));
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("source", source.id());
            row.put("contract", source.contract());
            row.put("batches", batches.size());
            row.put(
                    "last_batch",
                    last.map(b -> b.batch()
                                    .substring(0, Math.min(SHORT, b.batch().length())))
                            .orElse(null));
            row.put(
                    "state",
                    last.map(b -> b.state().name().toLowerCase(Locale.ROOT)).orElse("never received"));
            row.put("received", last.map(b -> b.received().toString()).orElse(null));
            row.put("known_since", last.map(b -> b.vintage().toString()).orElse(null));
            row.put(
                    "days_old",
                    last.map(b -> Duration.between(
                                            b.vintage(), doughnut().clock().instant())
                                    .toDays())
                            .orElse(null));
            row.put("cells", last.map(BatchRecord::cells).orElse(null));
            row.put("quarantined", last.map(BatchRecord::quarantined).orElse(null));
            row.put("file", there(source));
            return row;
        }

        private static String there(Source source) {
            try {
                long bytes = 0;
                List<Path> files = Receipt.filesOf(source);
                for (Path file : files) {
                    bytes += Files.size(file);
                }
                return files.size() == 1 ? bytes + " bytes" : files.size() + " files, " + bytes + " bytes";
            } catch (DoughnutException | IOException e) {
                return "not there";
            }
        }
    }
}

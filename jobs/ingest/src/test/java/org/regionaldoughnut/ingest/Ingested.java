package org.regionaldoughnut.ingest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assumptions;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.office.ColumnMapping;
import org.regionaldoughnut.office.Contract;
import org.regionaldoughnut.office.Format;
import org.regionaldoughnut.office.Source;

/** A file taken in by a source of a few columns, and the tables it went to. */
final class Ingested {
    static final Contract CONTRACT = new Contract(
            "figures",
            Path.of("figures.odcs.yaml"),
            "1",
            "Figures",
            List.of(
                    key("region", true, 1),
                    key("breakdown", false, 2),
                    key("period", true, 3),
                    number("value"),
                    column("obs_status", false),
                    column("conf_status", false)),
            List.of(),
            "hash");

    final IngestResult result;
    private final Lake lake;

    private Ingested(Lake lake, IngestResult result) {
        this.lake = lake;
        this.result = result;
    }

    /**
     * @param storage made anew for each call
     * @param columns contract column to expression, to a received column behind an equals sign, or to received
     *     dimensions in braces
     */
    static Ingested of(Path storage, Path file, Format format, String where, Map<String, String> columns) {
        Source source = source(file, format, where, columns);
        Lake lake = new Lake(SparkTest.session(), storage.toUri().toString());
        IngestResult result = new Ingest(lake)
                .read(source, CONTRACT, Receipt.of(source, 1 << 20), false, "run", Write.of("ingest", "figures", 1));
        return new Ingested(lake, result);
    }

    static Source source(Path file, Format format, String where, Map<String, String> columns) {
        Map<String, ColumnMapping> mappings = new LinkedHashMap<>();
        columns.forEach((column, text) -> mappings.put(column, mapping(text)));
        return new Source(
                "figures",
                Path.of("figures.yaml"),
                "t",
                "p",
                "l",
                Optional.empty(),
                Optional.empty(),
                "figures",
                "s",
                Optional.empty(),
                Optional.empty(),
                file.toString(),
                Optional.empty(),
                format,
                Optional.ofNullable(where),
                Optional.empty(),
                mappings,
                Map.of(),
                List.of(),
                "h",
                "h");
    }

    private static ColumnMapping mapping(String text) {
        if (text.startsWith("{")) {
            Map<String, String> dimensions = Arrays.stream(
                            text.substring(1, text.length() - 1).split(","))
                    .collect(Collectors.toMap(name -> name, name -> name));
            return new ColumnMapping(
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Map.of(),
                    Optional.empty(),
                    ".",
                    "",
                    Optional.empty(),
                    dimensions);
        }
        boolean from = text.startsWith("=");
        return new ColumnMapping(
                from ? Optional.empty() : Optional.of(text),
                Optional.empty(),
                from ? List.of(text.substring(1)) : List.of(),
                Map.of(),
                Optional.empty(),
                ".",
                "",
                Optional.empty(),
                Map.of());
    }

    Dataset<Row> raw() {
        return lake.read(Table.raw("figures")).orElseThrow();
    }

    /** Values of the columns, joined by bars, in order of line and cell. */
    List<String> raw(String... columns) {
        return texts(raw(), columns);
    }

    List<String> quarantined(String... columns) {
        return lake.read(Table.quarantine("figures"))
                .map(rows -> texts(rows, columns))
                .orElse(List.of());
    }

    private static List<String> texts(Dataset<Row> rows, String... columns) {
        return rows.orderBy("line", "cell").collectAsList().stream()
                .map(row -> Arrays.stream(columns)
                        .map(c -> String.valueOf(row.<Object>getAs(c)))
                        .collect(Collectors.joining("|")))
                .toList();
    }

    /** A publisher's file; the test is skipped where the folder is absent. */
    static Path received(String name) {
        Path file = Path.of(System.getProperty("project.root", ".."))
                .toAbsolutePath()
                .resolve("../shared/data")
                .normalize()
                .resolve(name);
        Assumptions.assumeTrue(Files.isRegularFile(file), "Cannot test on " + name + ": ../shared/data is absent.");
        return file;
    }

    static Format with(String kind, String encoding, int headerLine, List<String> missing) {
        return new Format(
                kind,
                null,
                null,
                encoding,
                headerLine,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                missing,
                Optional.empty(),
                Optional.empty());
    }

    private static Contract.Column key(String name, boolean required, int position) {
        return new Contract.Column(
                name, "string", "string", required, Optional.of(position), Optional.empty(), Optional.empty(), "");
    }

    private static Contract.Column column(String name, boolean required) {
        return new Contract.Column(
                name, "string", "string", required, Optional.empty(), Optional.empty(), Optional.empty(), "");
    }

    private static Contract.Column number(String name) {
        return new Contract.Column(
                name, "number", "double", false, Optional.empty(), Optional.empty(), Optional.empty(), "");
    }
}

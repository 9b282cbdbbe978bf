package org.regionaldoughnut.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.Contract;

/** Writes one table of a release: one Parquet file sorted by the table's key, and its CSV twin. */
final class TableWriter {
    private static final String FREE = "F";
    private static final String SUPPRESSED = "Q";
    private static final Set<String> FIGURES =
            Set.of("value", "lower", "upper", "numerator", "denominator", "ratio", "gap_percent");

    private final Path draft;

    /** @param draft folder of the draft */
    TableWriter(Path draft) {
        this.draft = draft;
    }

    /** @param rows a dataset with the contract's columns, in any order and with others beside them */
    ReleasedTable write(Contract contract, Dataset<Row> rows) {
        String name = contract.id();
        List<Contract.Column> columns = ReleaseColumn.of(contract);
        Path folder = draft.resolve("parquet").resolve(name);
        Path parquet = folder.resolve("part-0.parquet");
        Path csv = draft.resolve("csv").resolve(name + ".csv");
        try {
            Files.createDirectories(folder);
            Files.createDirectories(csv.getParent());
            Path parts = draft.resolve(".parts").resolve(name);
            sorted(contract, released(name, columns, rows))
                    .write()
                    .mode("overwrite")
                    .parquet(parts.toUri().toString());
            Files.move(onlyPart(parts), parquet);
            CsvTwin.Content content = CsvTwin.write(parquet, csv);
            return new ReleasedTable(
                    name,
                    content.rows(),
                    List.of("parquet/" + name + "/part-0.parquet", "csv/" + name + ".csv"),
                    content.sha256());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dataset<Row> released(String table, List<Contract.Column> columns, Dataset<Row> rows) {
        Set<String> known = new LinkedHashSet<>(Arrays.asList(rows.columns()));
        List<Column> released = new ArrayList<>();
        for (Contract.Column column : columns) {
            if (column.required() && !known.contains(column.name())) {
                throw new DoughnutException(
                        ExitCode.DATA_REFUSED,
                        "Cannot release the table " + table + ": it has no column '" + column.name()
                                + "', which its contract requires. Compute it again with the contract's version.");
            }
            Column value = known.contains(column.name()) ? col(column.name()) : lit(null);
            released.add(guarded(column.name(), value, known)
                    .cast(column.physicalType())
                    .as(column.name()));
        }
        return rows.select(released.toArray(Column[]::new));
    }

    /** Figures that are not free for publication are suppressed. */
    private static Column guarded(String name, Column value, Set<String> known) {
        if (!known.contains("conf_status")) {
            return value;
        }
        Column confidential = col("conf_status").notEqual(lit(FREE));
        if (FIGURES.contains(name)) {
            return when(confidential, lit(null)).otherwise(value);
        }
        if (name.equals("obs_status")) {
            return when(confidential, lit(SUPPRESSED)).otherwise(value);
        }
        if (name.equals("reason")) {
            return when(confidential, lit("confidential")).otherwise(value);
        }
        return value;
    }

    /** By the key first, so that readers skip row groups; by the rest too, so that the order is the same always. */
    private static Dataset<Row> sorted(Contract contract, Dataset<Row> rows) {
        Set<String> order = new LinkedHashSet<>(contract.key());
        order.addAll(Arrays.asList(rows.columns()));
        return rows.coalesce(1)
                .sortWithinPartitions(order.stream().map(name -> col(name)).toArray(Column[]::new));
    }

    private static Path onlyPart(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> parts =
                    files.filter(f -> f.toString().endsWith(".parquet")).toList();
            if (parts.size() != 1) {
                throw new IllegalStateException("one file was to be written to " + folder + ", but it has " + parts);
            }
            return parts.get(0);
        }
    }
}

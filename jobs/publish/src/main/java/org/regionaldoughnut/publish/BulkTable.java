package org.regionaldoughnut.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.regionaldoughnut.model.Hash;
import org.regionaldoughnut.office.Contract;

/**
 * Writes a table of very many rows as Parquet, on all cores and in one pass. Each file is sorted by the table's key, so
 * that readers skip most of it; rows are not moved between files, which would cost more than it saves them. The table's
 * identity is made of sums of row hashes, which need no order: the same rows have the same identity however they are
 * spread over files.
 */
final class BulkTable {
    /** Compressed bytes below which a table is taken to be small without counting its rows. */
    private static final long SMALL = 4L << 20;

    private static final long ROWS_A_FILE = 5_000_000;

    private final Path draft;

    BulkTable(Path draft) {
        this.draft = draft;
    }

    static boolean mayBeLarge(Dataset<Row> rows) {
        return rows.queryExecution().optimizedPlan().stats().sizeInBytes().compareTo(scala.math.BigInt.apply(SMALL))
                > 0;
    }

    ReleasedTable write(String name, Contract contract, List<ReleaseColumn> columns, Dataset<Row> rows, Column[] order)
            throws IOException {
        Path folder = Files.createDirectories(draft.resolve("parquet")).resolve(name);
        Observation seen = new Observation(name);
        rows.sortWithinPartitions(Arrays.copyOf(order, contract.key().size()))
                .observe(seen, count(lit(1)).as("rows"), hashes(columns))
                .write()
                .mode(SaveMode.Overwrite)
                .option("maxRecordsPerFile", ROWS_A_FILE)
                .option("compression", "zstd")
                .parquet(folder.toString());
        List<String> files = named(folder, name);
        Map<String, Object> sums = sums(seen);
        long total = (Long) sums.get("rows");
        String hash = Hash.of(List.of(
                "rows", Long.toString(total), String.valueOf(sums.get("first")), String.valueOf(sums.get("second"))));
        return new ReleasedTable(name, contract, total, files, hash);
    }

    private static Map<String, Object> sums(Observation seen) {
        try {
            return seen.getAsJava();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a table was written", e);
        }
    }

    /** Two sums of 64 bits; which cells are missing is part of the row. */
    private static Column[] hashes(List<ReleaseColumn> columns) {
        List<Column> cells = new ArrayList<>();
        for (ReleaseColumn column : columns) {
            if (!column.name().equals("run")) {
                cells.add(col(column.name()).isNull());
                cells.add(col(column.name()));
            }
        }
        List<Column> again = new ArrayList<>(cells);
        again.add(0, lit("again"));
        return new Column[] {
            sum(xxhash64(cells.toArray(Column[]::new))).as("first"),
            sum(xxhash64(again.toArray(Column[]::new))).as("second")
        };
    }

    /** Plain names in order; what Spark leaves beside them is removed. */
    private List<String> named(Path folder, String name) throws IOException {
        List<String> files = new ArrayList<>();
        List<Path> written;
        try (Stream<Path> list = Files.list(folder)) {
            written = list.sorted().toList();
        }
        for (Path file : written) {
            if (file.getFileName().toString().endsWith(".parquet")) {
                String part = "part-" + files.size() + ".parquet";
                Files.move(file, folder.resolve(part));
                files.add("parquet/" + name + "/" + part);
            } else {
                Files.delete(file);
            }
        }
        return files;
    }
}

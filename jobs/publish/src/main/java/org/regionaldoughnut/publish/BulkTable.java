package org.regionaldoughnut.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
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
    private static final String IDENTITY = "_identity";

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
                .withColumn(IDENTITY, identity(columns))
                .observe(
                        seen,
                        count(lit(1)).as("rows"),
                        sum(col(IDENTITY)).as("first"),
                        sum(xxhash64(lit("again"), col(IDENTITY))).as("second"))
                .drop(IDENTITY)
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

    /** A hash of the row's cells. Spark's passes over nulls, so which cells are missing is hashed as bits beside them. */
    private static Column identity(List<ReleaseColumn> columns) {
        List<Column> cells = columns.stream()
                .filter(column -> !column.name().equals("run"))
                .map(column -> col(column.name()))
                .toList();
        List<Column> hashed = new ArrayList<>();
        for (int from = 0; from < cells.size(); from += Long.SIZE) {
            hashed.add(missing(cells.subList(from, Math.min(cells.size(), from + Long.SIZE))));
        }
        hashed.addAll(cells);
        return xxhash64(hashed.toArray(Column[]::new));
    }

    private static Column missing(List<Column> cells) {
        Column bits = lit(0L);
        for (int place = 0; place < cells.size(); place++) {
            bits = bits.bitwiseOR(
                    when(cells.get(place).isNull(), lit(1L << place)).otherwise(lit(0L)));
        }
        return bits;
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

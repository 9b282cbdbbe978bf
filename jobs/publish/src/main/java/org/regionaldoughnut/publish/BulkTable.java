package org.regionaldoughnut.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
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

    /** Looks at one part of the rows, then at twice as many, and no further than it must. */
    static boolean hasMoreThan(long limit, Dataset<Row> rows) {
        JavaRDD<Long> counts = rows.select(lit(1)).toJavaRDD().mapPartitions(part -> {
            long count = 0;
            while (part.hasNext()) {
                part.next();
                count++;
            }
            return List.of(count).iterator();
        });
        long seen = 0;
        int parts = counts.getNumPartitions();
        for (int from = 0, next = 1; from < parts && seen <= limit; from = next, next = 2 * next + 1) {
            int[] some = IntStream.range(from, Math.min(next, parts)).toArray();
            seen += Arrays.stream(counts.collectPartitions(some))
                    .flatMap(List::stream)
                    .mapToLong(Long::longValue)
                    .sum();
        }
        return seen > limit;
    }

    ReleasedTable write(String name, Contract contract, List<ReleaseColumn> columns, Dataset<Row> rows, Column[] order)
            throws IOException {
        Path folder = Files.createDirectories(draft.resolve("parquet")).resolve(name);
        PassedRows passed = PassedRows.of(rows.sparkSession());
        rows.filter(passed.counted(identity(columns)))
                .sortWithinPartitions(Arrays.copyOf(order, contract.key().size()))
                .write()
                .mode(SaveMode.Overwrite)
                .option("maxRecordsPerFile", ROWS_A_FILE)
                .option("compression", "zstd")
                .parquet(folder.toString());
        return new ReleasedTable(name, contract, passed.count(), named(folder, name), passed.identity());
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

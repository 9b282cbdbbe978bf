package org.regionaldoughnut.lake;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkTest.class)
class FewFilesTest {
    private static final Table THINGS = Table.raw("things");

    @TempDir
    Path folder;

    @Test
    void whateverHappenedToATableItReadsAsDeltaReadsIt(SparkSession spark) {
        Lake lake = new Lake(spark, folder.toUri().toString());
        Dataset<Row> rows =
                spark.range(30).select(col("id").as("n"), col("id").mod(3).as("part"));
        lake.append(
                THINGS, rows, Write.of("a", "b", 1), TableOption.partitionedBy("part"), TableOption.deletionVectors());
        assertSame(lake, spark, 30);
        lake.append(THINGS, rows, Write.of("a", "b", 2));
        assertSame(lake, spark, 60);
        DeltaTable.forPath(spark, lake.location(THINGS)).delete("n in (4, 5)");
        assertSame(lake, spark, 56);
        lake.replace(THINGS, rows.where("part = 1"), "part = 1", Write.of("a", "b", 3));
        assertSame(lake, spark, 48);
        for (int version = 4; version < 16; version++) {
            lake.append(THINGS, rows.where("n = 0"), Write.of("a", "b", version));
        }
        assertSame(lake, spark, 60);
    }

    @Test
    void anOlderVersionIsNotSeenThroughANewerReading(SparkSession spark) {
        Lake lake = new Lake(spark, folder.toUri().toString());
        lake.append(THINGS, spark.range(3).toDF("n"), Write.of("a", "b", 1));
        Dataset<Row> first = lake.read(THINGS).orElseThrow();
        lake.append(THINGS, spark.range(4).toDF("n"), Write.of("a", "b", 2));
        assertThat(first.count()).isEqualTo(3);
        assertThat(lake.read(THINGS).orElseThrow().count()).isEqualTo(7);
    }

    private static void assertSame(Lake lake, SparkSession spark, int count) {
        Dataset<Row> delta = spark.read().format("delta").load(lake.location(THINGS));
        Dataset<Row> own = lake.read(THINGS).orElseThrow();
        assertThat(own.schema()).isEqualTo(delta.schema());
        for (String condition : List.of("true", "part = 2", "part = 1 and n > 6", "n = 0", "part is null")) {
            assertThat(sorted(own, condition)).as(condition).isEqualTo(sorted(delta, condition));
        }
        assertThat(own.count()).isEqualTo(count);
    }

    private static List<String> sorted(Dataset<Row> rows, String condition) {
        return rows.where(condition).collectAsList().stream()
                .map(Row::toString)
                .sorted()
                .toList();
    }
}

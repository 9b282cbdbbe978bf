package org.regionaldoughnut.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.rand;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkTest.class)
class LakeTest {
    @TempDir
    Path folder;

    @Test
    void theSameWriteAgainAddsNothing(SparkSession spark) {
        Lake lake = new Lake(spark, folder.toUri().toString());
        Table table = Table.raw("things");
        Dataset<Row> rows = spark.range(3).toDF("n");

        lake.append(table, rows, Write.of("ingest", "things", 7));
        lake.append(table, rows, Write.of("ingest", "things", 7));
        assertThat(lake.read(table).orElseThrow().count()).isEqualTo(3);
        assertThat(lake.lastWrite(table, "doughnut/ingest/things")).isEqualTo(7);

        lake.append(table, rows, Write.of("ingest", "things", 8));
        assertThat(lake.read(table).orElseThrow().count()).isEqualTo(6);
    }

    @Test
    void replacingWithNoRowsDeletesTheSliceAndNothingElse(SparkSession spark) {
        Lake lake = new Lake(spark, folder.toUri().toString());
        Table table = Table.harmonised("things");
        lake.replace(table, spark.range(4).toDF("n"), null, Write.of("a", "b", 1));
        lake.replace(table, spark.range(0).toDF("n"), "n = 2", Write.of("a", "b", 2));
        assertThat(lake.read(table)
                        .orElseThrow()
                        .as(org.apache.spark.sql.Encoders.LONG())
                        .collectAsList())
                .containsExactlyInAnyOrder(0L, 1L, 3L);
    }

    @Test
    void aTableThatDoesNotExistReadsAsEmpty(SparkSession spark) {
        Lake lake = new Lake(spark, folder.toUri().toString());
        assertThat(lake.read(Table.quarantine("nothing"))).isEmpty();
        assertThat(lake.version(Table.quarantine("nothing"))).isEqualTo(-1);
    }

    @Test
    void anExactSumIsTheSameForAnyPartitioningAndCorrectlyRounded(SparkSession spark) {
        Dataset<Row> values = spark.range(20_000)
                .select(rand(5).multiply(1e9)
                        .minus(rand(9).multiply(1e-3))
                        .minus(4e8)
                        .as("v"))
                .cache();
        BigDecimal expected = values.collectAsList().stream()
                .map(row -> new BigDecimal(row.getDouble(0)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        Column[] columns = ExactSum.columns(col("v"), "v").toArray(Column[]::new);
        for (int partitions : new int[] {1, 3, 8}) {
            Row row = values.repartition(partitions)
                    .agg(columns[0], columns[1], columns[2], columns[3])
                    .head();
            assertThat(ExactSum.of(row, "v").doubleValue()).isEqualTo(expected.doubleValue());
        }
    }
}

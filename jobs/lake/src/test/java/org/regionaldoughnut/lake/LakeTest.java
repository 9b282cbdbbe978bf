package org.regionaldoughnut.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
}

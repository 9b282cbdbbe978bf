package org.regionaldoughnut.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SideBySide;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.validate.Outcomes;

@ExtendWith(SparkTest.class)
class QualityTablesTest {
    @TempDir
    Path folder;

    /** As totals and statistics are judged side by side by a run that is done again after a kill. */
    @Test
    void stepsOfAContinuedRunThatEndTogetherEachReplaceTheirOwnRowsAlone(SparkSession spark) {
        Lake lake = new Lake(spark, folder.toUri().toString());
        List<String> contracts = List.of("harmonised", "statistics", "census");
        write(lake, contracts, false);
        write(lake, contracts, true);

        assertThat(lake.read(QualityTables.OUTCOMES).orElseThrow().select("contract").collectAsList().stream()
                        .map(row -> row.getString(0)))
                .containsExactlyInAnyOrderElementsOf(contracts);
    }

    private static void write(Lake lake, List<String> contracts, boolean continued) {
        List<Callable<Void>> steps = new ArrayList<>();
        for (String contract : contracts) {
            QualityTables step = new QualityTables(lake, continued);
            steps.add(() -> step.outcomes(
                    rows(lake.spark(), contract),
                    "run = 'again' and contract = '" + contract + "'",
                    Write.of("validate", contract, continued ? 2 : 1)));
        }
        SideBySide.all(steps);
    }

    private static Dataset<Row> rows(SparkSession spark, String contract) {
        Dataset<Row> one = spark.range(1)
                .select(
                        functions.lit("again").as("run"),
                        functions.lit(contract).as("contract"));
        return spark.createDataFrame(List.of(), Outcomes.schema()).unionByName(one, true);
    }
}

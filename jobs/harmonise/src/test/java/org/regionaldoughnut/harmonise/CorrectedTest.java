package org.regionaldoughnut.harmonise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.Correction;

@ExtendWith(SparkTest.class)
class CorrectedTest {
    private static final StructType TABLE = new StructType()
            .add("source", "string")
            .add("region", "string")
            .add("period", "string")
            .add("value", "double")
            .add("obs_status", "string")
            .add("correction", "string")
            .add("vintage", "timestamp")
            .add("superseded", "timestamp");

    @Test
    void aCorrectionIsKnownFromItsDayAndTheFigureStaysAsReceivedBefore(SparkSession spark) {
        Dataset<Row> history = spark.createDataFrame(
                List.of(row("UKF", "2016", 0.28, "2020-01-01", null), row("UKC", "2016", 1.0, "2020-01-01", null)),
                TABLE);
        assertThat(rows(new Corrected(List.of(correction(0.28, Optional.empty())), ZoneOffset.UTC).apply(history)))
                .containsExactlyInAnyOrder(
                        "UKC,1.0,A,null,2020-01-01,null",
                        "UKF,0.28,A,null,2020-01-01,2021-05-01",
                        "UKF,-0.28,I,lost-sign,2021-05-01,null");
    }

    @Test
    void aCorrectionThatHasEndedLeavesTheMendedEditionAlone(SparkSession spark) {
        Dataset<Row> history = spark.createDataFrame(
                List.of(
                        row("UKF", "2016", 0.28, "2020-01-01", "2022-01-01"),
                        row("UKF", "2016", -0.3, "2022-01-01", null)),
                TABLE);
        Correction ended = correction(0.28, Optional.of(LocalDate.parse("2022-01-01")));
        assertThat(rows(new Corrected(List.of(ended), ZoneOffset.UTC).apply(history)))
                .containsExactlyInAnyOrder(
                        "UKF,0.28,A,null,2020-01-01,2021-05-01",
                        "UKF,-0.28,I,lost-sign,2021-05-01,2022-01-01",
                        "UKF,-0.3,A,null,2022-01-01,null");
    }

    @Test
    void aSourceThatHasChangedSinceOrLeftTheFigureOutStopsEverything(SparkSession spark) {
        Dataset<Row> changed = spark.createDataFrame(List.of(row("UKF", "2016", 0.27, "2020-01-01", null)), TABLE);
        Corrected corrected = new Corrected(List.of(correction(0.28, Optional.empty())), ZoneOffset.UTC);
        assertThatThrownBy(() -> corrected.apply(changed))
                .isInstanceOfSatisfying(
                        DoughnutException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA_REFUSED))
                .hasMessageContaining("expects 0.28, the source says 0.27");
        Dataset<Row> gone = spark.createDataFrame(List.of(row("UKF", "2016", 0.28, "2020-01-01", "2022-01-01")), TABLE);
        assertThatThrownBy(() -> corrected.apply(gone)).hasMessageContaining("finds no figure");
    }

    private static Correction correction(double expect, Optional<LocalDate> until) {
        return new Correction(
                "lost-sign",
                Path.of("signs.yaml"),
                3,
                "s",
                Map.of("region", "UKF", "period", "2016"),
                Optional.of(expect),
                Optional.of(-0.28),
                "The ratio has lost its sign.",
                "land statistics",
                LocalDate.parse("2021-05-01"),
                until,
                "I");
    }

    private static Row row(String region, String period, double value, String from, String until) {
        return RowFactory.create("s", region, period, value, "A", null, at(from), until == null ? null : at(until));
    }

    private static Timestamp at(String day) {
        return Timestamp.from(LocalDate.parse(day).atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    private static List<String> rows(Dataset<Row> table) {
        return table
                .selectExpr("concat_ws(',', region, value, obs_status, coalesce(correction, 'null'), date(vintage),"
                        + " coalesce(cast(date(superseded) as string), 'null'))")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }
}

package org.regionaldoughnut.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.Term;

@ExtendWith(SparkTest.class)
class TermsTest {
    private static final StructType CENSUS = StructType.fromDDL("series string, region string, period string,"
            + " value double, obs_status string, vintage timestamp, superseded timestamp, lower double, upper double,"
            + " confidence_level double");
    private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant REVISED = Instant.parse("2021-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private final List<Row> rows = new ArrayList<>();

    @Test
    void rowsOfASeriesAreSummedByRegionAndPeriodWithTheStrongestStatus(SparkSession spark) {
        row("people", "a", "2019", 1.5, "A");
        row("people", "a", "2019", 2.5, "E");
        row("people", "a", "2020", 8.0, "A");
        row("other", "a", "2019", 100.0, "B");

        Map<String, Map<String, Measure>> people = compute(spark, Term.Aggregate.SUM, Instant.MAX);

        assertThat(people.get("2019").get("a").total()).isEqualByComparingTo("4");
        assertThat(people.get("2019").get("a").status()).isEqualTo(ObsStatus.E);
        assertThat(people.get("2020").get("a").total()).isEqualByComparingTo("8");
    }

    @Test
    void aPublishedFigureThatIsStatedTwiceIsNotDoubled(SparkSession spark) {
        row("people", "a", "2019", 42.0, "A");
        row("people", "a", "2019", 42.0, "A");
        row("people", "b", "2019", 1.0, "A");
        row("people", "b", "2019", 2.0, "A");

        Map<String, Measure> people =
                compute(spark, Term.Aggregate.VALUE, Instant.MAX).get("2019");

        assertThat(people.get("a").total()).isEqualByComparingTo("42");
        assertThat(people.get("a").distinct()).isEqualTo(1);
        assertThat(people.get("b").distinct()).isEqualTo(2);
    }

    @Test
    void aMissingFigureIsNoZero(SparkSession spark) {
        row("people", "a", "2019", null, "Q");

        Measure missing =
                compute(spark, Term.Aggregate.SUM, Instant.MAX).get("2019").get("a");

        assertThat(missing.hasValue()).isFalse();
        assertThat(missing.status()).isEqualTo(ObsStatus.Q);
    }

    @Test
    void aRevisedFigureReplacesTheFirstAndTheFirstIsStillThereAsOfItsTime(SparkSession spark) {
        rows.add(RowFactory.create(
                "people", "a", "2019", 1.0, "P", Timestamp.from(FIRST), Timestamp.from(REVISED), null, null, null));
        rows.add(RowFactory.create("people", "a", "2019", 2.0, "A", Timestamp.from(REVISED), null, null, null, null));

        assertThat(compute(spark, Term.Aggregate.VALUE, Instant.MAX)
                        .get("2019")
                        .get("a")
                        .total())
                .isEqualByComparingTo("2");
        assertThat(compute(spark, Term.Aggregate.VALUE, FIRST.plusSeconds(1))
                        .get("2019")
                        .get("a")
                        .total())
                .isEqualByComparingTo("1");
        assertThat(compute(spark, Term.Aggregate.VALUE, FIRST.minusSeconds(1))).isEmpty();
    }

    private void row(String series, String region, String period, Double value, String status) {
        rows.add(RowFactory.create(
                series, region, period, value, status, Timestamp.from(FIRST), null, null, null, null));
    }

    private Map<String, Map<String, Measure>> compute(SparkSession spark, Term.Aggregate aggregate, Instant asOf) {
        Lake lake = new Lake(spark, folder.resolve("lake").toUri().toString());
        Table census = Table.harmonised("census");
        if (!lake.exists(census)) {
            lake.replace(census, spark.createDataFrame(rows, CENSUS), null, Write.of("harmonise", "census", 1));
        }
        Term term = new Term(
                "census", List.of("people"), Optional.empty(), aggregate, "value", Optional.empty(), Optional.empty());
        Request request = Request.of(term, "people", Optional.empty());
        return new Terms(new Harmonised(lake, asOf, table -> List.of()))
                .collect(Set.of(request))
                .of(request, "");
    }
}

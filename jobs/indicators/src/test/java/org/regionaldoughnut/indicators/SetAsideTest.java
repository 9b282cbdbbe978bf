package org.regionaldoughnut.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.regionaldoughnut.indicators.Figures.region;
import static org.regionaldoughnut.indicators.Figures.tree;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.model.Form;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.Term;

/** A source received figures of three regions; a rule removed the one of b, and one of two that a was given. */
@ExtendWith(SparkTest.class)
class SetAsideTest {
    private static final StructType RAW = StructType.fromDDL("batch string, file string, line long, cell int,"
            + " received string, series string, region string, region_scheme string, variable string, period string,"
            + " value double, unit string, obs_status string");
    private static final StructType QUARANTINE = StructType.fromDDL(
            "batch string, file string, line long, cell int, stage string, action string, rule string");
    private static final StructType CENSUS = StructType.fromDDL("source string, series string, batch string, line long,"
            + " cell int, region string, region_received string, region_scheme string, variable string,"
            + " period string, value double, unit string, obs_status string, year int, vintage timestamp,"
            + " superseded timestamp");

    @TempDir
    private Path folder;

    private Lake lake;

    @BeforeEach
    void receive(SparkSession spark) {
        lake = new Lake(spark, folder.toUri().toString());
        write(
                Table.raw("survey"),
                RAW,
                List.of(
                        raw(1, "Area A", 2019, 10),
                        raw(2, "Area A", 2019, 11),
                        raw(3, "Area B", 2019, 20),
                        raw(4, "Area B", 2018, 21),
                        raw(5, "Area C", 2019, 30)));
        write(
                Table.quarantine("survey"),
                QUARANTINE,
                List.of(
                        RowFactory.create("first", "f.csv", 2L, 1, "rule", "removed", "IsUnique"),
                        RowFactory.create("first", "f.csv", 3L, 1, "rule", "removed", "IsUnique"),
                        RowFactory.create("first", "f.csv", 5L, 1, "rule", "flagged", "IsPlausible")));
        write(
                Table.harmonised("census"),
                CENSUS,
                List.of(
                        census(1, "A", "Area A", 2019, 10),
                        census(4, "B", "Area B", 2018, 21),
                        census(5, "C", "Area C", 2019, 30)));
    }

    @Test
    void aRegionWhoseOnlyFigureWasRemovedIsMissingAsQuarantined() {
        Map<String, Measure> measured = measured();
        assertThat(measured.get("B").isSetAside()).isTrue();
        assertThat(measured.get("B").hasValue()).isFalse();

        Estimate missing = estimates(measured).get("B");
        assertThat(missing.value()).isEmpty();
        assertThat(missing.status()).isEqualTo(ObsStatus.O);
        assertThat(missing.reason()).hasValue("quarantined: a figure was received, and a rule has removed it");
    }

    @Test
    void aRemovedFigureIsCountedNowhere() {
        Map<String, Measure> measured = measured();
        assertThat(measured.get("A").number()).isEqualTo(10);
        assertThat(measured.get("A").status()).isEqualTo(ObsStatus.A);
        assertThat(measured.get("C").isSetAside()).isFalse();

        Estimate all = estimates(measured).get("X");
        assertThat(all.value()).hasValue(40.0);
        assertThat(all.coverage().regions()).isEqualTo(2.0 / 3);
    }

    /** As where all of its figures came in another unit: there is no row of the source, and no batch of it that counts. */
    @Test
    void aSourceWhoseFiguresWereAllRemovedSaysSoInEachOfItsRegions() {
        write(Table.raw("other"), RAW, List.of(raw("other", 1, "Area A", 2019, 10), raw("other", 2, "D", 2019, 30)));
        write(
                Table.harmonised("regions"),
                StructType.fromDDL("code string, scheme string"),
                List.of(RowFactory.create("D", "NAMES")));
        write(
                Table.quarantine("other"),
                QUARANTINE,
                List.of(
                        RowFactory.create("first", "f.csv", 1L, 1, "rule", "removed", "unit"),
                        RowFactory.create("first", "f.csv", 2L, 1, "rule", "removed", "unit")));

        Map<String, Measure> measured = measured("other");

        assertThat(measured).containsOnlyKeys("A", "D");
        assertThat(measured.values()).allMatch(Measure::isSetAside);
    }

    @Test
    void beforeASourceIsKnownNothingOfItIsSetAside() {
        assertThat(measured("survey", Figures.PUBLISHED.minusSeconds(1))).isNull();
    }

    private Map<String, Measure> measured() {
        return measured("survey");
    }

    private Map<String, Measure> measured(String series) {
        return measured(series, Instant.MAX);
    }

    private Map<String, Measure> measured(String series, Instant asOf) {
        Request request = Request.of(
                new Term(
                        "census",
                        List.of(series),
                        Optional.of("variable = 'heat-pumps'"),
                        Term.Aggregate.SUM,
                        "value",
                        Optional.empty(),
                        Optional.empty()),
                series,
                Optional.empty());
        return new Terms(new Harmonised(lake, asOf, table -> List.of("survey", "other")), table -> Set.of())
                .collect(Set.of(request))
                .of(request, "")
                .get("2019");
    }

    private static Map<String, Estimate> estimates(Map<String, Measure> own) {
        var regions = tree(
                region("X", "NUTS0", null),
                region("A", "NUTS1", "X"),
                region("B", "NUTS1", "X"),
                region("C", "NUTS1", "X"));
        Map<String, Estimate> byRegion = new TreeMap<>();
        new Estimator(
                        Definition.of("homes", Form.CONTEXT)
                                .sum("pumps")
                                .formula("pumps")
                                .indicator(),
                        regions,
                        year -> new RollUp(regions, Map.of()),
                        new Estimator.Conventions(0.5, 2))
                .estimate(Map.of("pumps", Map.of("2019", own)))
                .forEach(estimate -> byRegion.put(estimate.region(), estimate));
        return byRegion;
    }

    private static Row raw(long line, String region, int year, double value) {
        return raw("survey", line, region, year, value);
    }

    private static Row raw(String series, long line, String region, int year, double value) {
        return RowFactory.create(
                "first",
                "f.csv",
                line,
                1,
                Double.toString(value),
                series,
                region,
                "NAMES",
                "heat-pumps",
                Integer.toString(year),
                value,
                "dwellings",
                "A");
    }

    private static Row census(long line, String region, String received, int year, double value) {
        return RowFactory.create(
                "survey",
                "survey",
                "first",
                line,
                1,
                region,
                received,
                "NAMES",
                "heat-pumps",
                Integer.toString(year),
                value,
                "dwellings",
                "A",
                year,
                Timestamp.from(Figures.PUBLISHED),
                null);
    }

    private void write(Table table, StructType columns, List<Row> rows) {
        lake.replace(table, lake.spark().createDataFrame(rows, columns), null, Write.of("test", table.toString(), 1));
    }
}

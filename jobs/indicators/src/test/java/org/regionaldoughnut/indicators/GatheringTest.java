package org.regionaldoughnut.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionaldoughnut.lake.ExactSum;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.Term;
import scala.Tuple2;

/** Rows on their way to the units of work, against sums kept in plain maps. */
@ExtendWith(SparkTest.class)
class GatheringTest {
    private static final StructType COLUMNS = StructType.fromDDL("series string, unit string, variable string");
    private static final List<String> STATUSES = List.of("A", "E", "P", "B", "quarantined", "?");
    private static final int ACROSS = -1;
    private static final int ROW = 12;

    /** What is known of a cell, region and period. */
    private static final class Expected {
        private long rows;
        private int status = Integer.MAX_VALUE;
        private long vintage = Long.MIN_VALUE;
        private double lower = Double.NaN;
        private BigDecimal sum = BigDecimal.ZERO;
        private final List<Double> values = new ArrayList<>();
    }

    /** With more places than are kept at once, rows that are nearly all different are sent on as they are. */
    @ParameterizedTest
    @CsvSource({"2000, 5, 7, 3", "150000, 40, 1700, 3", "150000, 1, 2, 2"})
    void sumsAreTheSameWhateverWayRowsTake(int count, int cells, int regions, int parts, SparkSession spark) {
        Random random = new Random(count + cells);
        Map<Integer, Map<String, Expected>> expected = new TreeMap<>();
        List<List<InternalRow>> received = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            received.add(new ArrayList<>());
        }
        for (int i = 0; i < count; i++) {
            int cell = random.nextInt(cells);
            String region = "R" + random.nextInt(regions);
            int year = 2018 + random.nextInt(3);
            String status = STATUSES.get(random.nextInt(STATUSES.size()));
            long vintage = random.nextInt(5) * 1_000_000L;
            Double lower = random.nextInt(4) == 0 ? (Double) (double) random.nextInt(9) : null;
            Double value = random.nextInt(5) == 0 ? null : (Double) (random.nextDouble() * 1e9 - 4e8);
            received.get(random.nextInt(parts)).add(row(region, year, cell, status, vintage, lower, value));
            String key = cell + " " + region + " " + year;
            add(expected, year, key, status, vintage, lower, value);
            if (cell == 0 && year != 2019) {
                add(expected, ACROSS, key, status, vintage, lower, value);
            }
        }

        // cell 0 is needed by its year and by an indicator of all years
        int[][] needed = new int[cells][];
        for (int cell = 0; cell < cells; cell++) {
            needed[cell] = cell == 0 ? new int[] {ACROSS, Dispatch.OF_YEAR} : new int[] {Dispatch.OF_YEAR};
        }
        Dispatch dispatch = new Dispatch(1, 1, 1, 1, needed, Map.of(ACROSS, Set.of(2018, 2020)));
        List<Request> requests = requests(cells);
        Codes codes = Codes.of(spark.createDataFrame(List.of(), COLUMNS), requests);
        Matching matching =
                Matching.of(spark, requests, IntStream.range(0, cells).boxed().toList(), codes);
        Map<Integer, OpenedBundles> opened = new TreeMap<>();
        for (List<InternalRow> rows : received) {
            Iterator<Tuple2<Integer, byte[]>> bundles =
                    new Gathering(0, 1, matching, dispatch).of(new RowReading(rows.iterator(), ROW));
            bundles.forEachRemaining(bundle -> opened.computeIfAbsent(bundle._1(), u -> new OpenedBundles(1))
                    .add(bundle._2()));
        }

        assertThat(opened.keySet()).isEqualTo(expected.keySet());
        opened.forEach((unit, its) -> {
            Tally tally = its.tally();
            assertThat(tally.size()).isEqualTo(expected.get(unit).size());
            for (int place = 0; place < tally.size(); place++) {
                String key = its.cells().get(tally.cell(place)).requests().get(0) + " "
                        + its.regions().get(tally.region(place)) + " "
                        + its.periods().get(tally.period(place));
                requireSame(tally, place, expected.get(unit).get(key));
            }
        });
    }

    /** Each asks for the rows of one variable. */
    private static List<Request> requests(int count) {
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Term term = new Term(
                    "census",
                    List.of("people"),
                    Optional.of("variable = '" + i + "'"),
                    Term.Aggregate.SUM,
                    "value",
                    Optional.empty(),
                    Optional.empty());
            requests.add(Request.of(term, "people", Optional.empty()));
        }
        return requests;
    }

    private static void requireSame(Tally tally, int place, Expected expected) {
        assertThat(tally.rows(place)).isEqualTo(expected.rows);
        assertThat(tally.status(place)).isEqualTo(expected.status);
        assertThat(tally.vintage(place)).isEqualTo(expected.vintage);
        assertThat(Double.compare(tally.interval(place, 0), expected.lower)).isZero();
        assertThat(tally.interval(place, 1)).isNaN();
        assertThat(tally.count(place, 0)).isEqualTo(expected.values.size());
        if (!expected.values.isEmpty()) {
            ExactSum sum = ExactSum.of(tally.parts(), tally.firstPart(place, 0));
            assertThat(sum.rounded()).isEqualTo(expected.sum.doubleValue());
            assertThat(tally.least(place, 0))
                    .isEqualTo(expected.values.stream().min(Double::compare).orElseThrow());
            assertThat(tally.most(place, 0))
                    .isEqualTo(expected.values.stream().max(Double::compare).orElseThrow());
        }
    }

    private static void add(
            Map<Integer, Map<String, Expected>> all,
            int unit,
            String key,
            String status,
            long vintage,
            Double lower,
            Double value) {
        Expected expected = all.computeIfAbsent(unit, u -> new TreeMap<>()).computeIfAbsent(key, k -> new Expected());
        int place = status.equals("quarantined")
                ? ObsStatus.values().length
                : ObsStatus.of(status).orElse(ObsStatus.A).ordinal();
        expected.rows++;
        expected.status = Math.min(expected.status, place);
        expected.vintage = Math.max(expected.vintage, vintage);
        if (lower != null) {
            expected.lower = Double.isNaN(expected.lower) ? lower : Math.max(expected.lower, lower);
        }
        if (value != null) {
            expected.values.add(value);
            expected.sum = expected.sum.add(new BigDecimal(value));
        }
    }

    private static InternalRow row(
            String region, int year, int cell, String status, long vintage, Double lower, Double value) {
        return new GenericInternalRow(new Object[] {
            UTF8String.fromString(region),
            UTF8String.fromString(String.valueOf(year)),
            year,
            UTF8String.fromString(status),
            vintage,
            lower,
            null,
            null,
            value,
            UTF8String.fromString("people"),
            UTF8String.fromString("persons"),
            UTF8String.fromString(String.valueOf(cell))
        });
    }
}

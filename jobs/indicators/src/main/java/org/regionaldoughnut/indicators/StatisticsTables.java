package org.regionaldoughnut.indicators;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecificInternalRow;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.regionaldoughnut.model.Coverage;
import org.regionaldoughnut.model.ObsStatus;

/** The columns of {@code statistics.*}, as their contracts in {@code schemas/datasets} state them. */
final class StatisticsTables {
    private static final DataType TEXT = DataTypes.StringType;
    private static final DataType NUMBER = DataTypes.DoubleType;
    private static final DataType COUNT = DataTypes.IntegerType;
    private static final String FREE = "F";

    static final StructType INDICATORS = new StructType()
            .add("indicator", TEXT)
            .add("breakdown", TEXT)
            .add("region", TEXT)
            .add("period", TEXT)
            .add("year", COUNT)
            .add("value", NUMBER)
            .add("unit", TEXT)
            .add("lower", NUMBER)
            .add("upper", NUMBER)
            .add("confidence_level", NUMBER)
            .add("numerator", NUMBER)
            .add("denominator", NUMBER)
            .add("reference_year", COUNT)
            .add("origin", TEXT)
            .add("obs_status", TEXT)
            .add("conf_status", TEXT)
            .add("coverage_regions", NUMBER)
            .add("coverage_population", NUMBER)
            .add("reason", TEXT)
            .add("vintage", DataTypes.TimestampType)
            .add("run", TEXT);

    static final StructType DOUGHNUT = new StructType()
            .add("framework", TEXT)
            .add("boundary_set", TEXT)
            .add("lens", TEXT)
            .add("ring", TEXT)
            .add("dimension", TEXT)
            .add("indicator", TEXT)
            .add("breakdown", TEXT)
            .add("region", TEXT)
            .add("period", TEXT)
            .add("year", COUNT)
            .add("value", NUMBER)
            .add("unit", TEXT)
            .add("direction", TEXT)
            .add("form", TEXT)
            .add("headline", DataTypes.BooleanType)
            .add("boundary", NUMBER)
            .add("baseline", NUMBER)
            .add("ratio", NUMBER)
            .add("gap_percent", NUMBER)
            .add("q1", NUMBER)
            .add("q3", NUMBER)
            .add("n", COUNT)
            .add("n_dimensions", COUNT)
            .add("in_median", DataTypes.BooleanType)
            .add("obs_status", TEXT)
            .add("conf_status", TEXT)
            .add("reference_year", COUNT)
            .add("proxy", TEXT)
            .add("reason", TEXT)
            .add("vintage", DataTypes.TimestampType)
            .add("run", TEXT);

    private StatisticsTables() {}

    /** Rows of {@link #INDICATORS} as Spark keeps them within; there are millions. */
    static final class Estimated {
        private static final UTF8String NOT_CONFIDENTIAL = UTF8String.fromString(FREE);

        private final UTF8String run;
        private final Text indicator = new Text();
        private final Text breakdown = new Text();
        private final Text region = new Text();
        private final Text period = new Text();
        private final Text unit = new Text();
        private final Text origin = new Text();
        private final Text status = new Text();
        private final SpecificInternalRow row = new SpecificInternalRow(INDICATORS);
        private int column;

        // of the row before: most rows have the same
        private String lastPeriod = "";
        private int year;
        private Instant lastVintage = Instant.EPOCH;
        private long vintage;

        Estimated(String run) {
            this.run = UTF8String.fromString(run);
        }

        /** The row is valid until the next one is asked for. */
        InternalRow row(Estimate estimate, String itsUnit) {
            remember(estimate);
            double population = estimate.coverage().population();
            column = 0;
            add(indicator.of(estimate.indicator()));
            add(breakdown.of(estimate.breakdown()));
            add(region.of(estimate.region()));
            add(period.of(estimate.period()));
            add(year);
            add(estimate.value());
            add(unit.of(itsUnit));
            add(estimate.interval().lower());
            add(estimate.interval().upper());
            add(estimate.interval().confidenceLevel());
            add(estimate.numerator());
            add(estimate.denominator());
            add(estimate.referenceYear());
            add(origin.of(estimate.origin()));
            add(status.of(estimate.status().name()));
            add(NOT_CONFIDENTIAL);
            row.setDouble(column++, estimate.coverage().regions());
            add(population == Coverage.UNKNOWN ? Optional.empty() : Optional.of(population));
            add(estimate.reason().map(UTF8String::fromString).orElse(null));
            row.setLong(column++, vintage);
            add(run);
            return row;
        }

        private void remember(Estimate estimate) {
            if (!estimate.period().equals(lastPeriod)) {
                lastPeriod = estimate.period();
                year = estimate.year();
            }
            if (!estimate.vintage().equals(lastVintage)) {
                lastVintage = estimate.vintage();
                vintage = DateTimeUtils.instantToMicros(lastVintage);
            }
        }

        private void add(UTF8String text) {
            row.update(column++, text);
        }

        private void add(int count) {
            row.setInt(column++, count);
        }

        private void add(Optional<Double> number) {
            if (number.isPresent()) {
                row.setDouble(column++, number.get());
            } else {
                row.setNullAt(column++);
            }
        }

        /** Most texts of a column come again in the next row. */
        private static final class Text {
            private String last;
            private UTF8String text;

            UTF8String of(String value) {
                if (!value.equals(last)) {
                    last = value;
                    text = UTF8String.fromString(value);
                }
                return text;
            }
        }
    }

    /** The estimate a row of {@link #INDICATORS} holds. */
    static Estimate estimate(Row row) {
        int population = row.fieldIndex("coverage_population");
        return new Estimate(
                row.getAs("indicator"),
                row.getAs("breakdown"),
                row.getAs("region"),
                row.getAs("period"),
                Optional.ofNullable(row.getAs("value")),
                Optional.ofNullable(row.getAs("numerator")),
                Optional.ofNullable(row.getAs("denominator")),
                new Interval(
                        Optional.ofNullable(row.getAs("lower")),
                        Optional.ofNullable(row.getAs("upper")),
                        Optional.ofNullable(row.getAs("confidence_level"))),
                row.<Integer>getAs("reference_year"),
                row.getAs("origin"),
                ObsStatus.of(row.getAs("obs_status")).orElse(ObsStatus.A),
                new Coverage(
                        row.<Double>getAs("coverage_regions"),
                        row.isNullAt(population) ? Coverage.UNKNOWN : row.getDouble(population)),
                Optional.ofNullable(row.getAs("reason")),
                row.<Timestamp>getAs("vintage").toInstant());
    }

    static Row row(Place place, String run) {
        Optional<Estimate> estimate = place.estimate();
        return RowFactory.create(
                place.framework(),
                place.boundarySet(),
                place.lens(),
                place.ring(),
                place.dimension(),
                place.indicator(),
                place.breakdown(),
                place.region(),
                Integer.toString(place.year()),
                place.year(),
                or(estimate.flatMap(Estimate::value)),
                place.unit(),
                place.direction(),
                place.form(),
                place.headline(),
                or(place.boundary()),
                or(place.baseline()),
                or(place.ratio()),
                or(place.gapPercent()),
                or(place.median().flatMap(Place.Median::q1)),
                or(place.median().flatMap(Place.Median::q3)),
                or(place.median().map(Place.Median::n)),
                or(place.median().map(Place.Median::dimensions)),
                place.inMedian(),
                place.status().name(),
                FREE,
                or(estimate.map(Estimate::referenceYear)),
                or(place.proxy()),
                or(place.reason()),
                or(estimate.map(e -> Timestamp.from(e.vintage()))),
                run);
    }

    private static <T> T or(Optional<T> value) {
        return value.orElse(null);
    }
}

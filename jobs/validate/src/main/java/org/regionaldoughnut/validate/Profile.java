package org.regionaldoughnut.validate;

import com.amazon.deequ.profiles.ColumnProfile;
import com.amazon.deequ.profiles.ColumnProfilerRunner;
import com.amazon.deequ.profiles.NumericColumnProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Option;
import scala.collection.JavaConverters;

/**
 * What Deequ's profiler says of a column.
 *
 * @param completeness share of rows that have a value
 * @param distinct how many different values there are, approximately
 * @param commonest up to five values with their number of rows, where the column has few values
 */
public record Profile(
        String column,
        String type,
        double completeness,
        long distinct,
        OptionalDouble min,
        OptionalDouble max,
        OptionalDouble mean,
        OptionalDouble deviation,
        List<String> commonest) {
    private static final int COMMONEST = 5;

    public Profile {
        Objects.requireNonNull(column);
        Objects.requireNonNull(type);
        commonest = List.copyOf(commonest);
    }

    /** Profiles of the columns of a table, in its order. */
    public static List<Profile> of(Dataset<Row> rows) {
        List<String> order = List.of(rows.columns());
        Map<String, ColumnProfile> profiles = JavaConverters.mapAsJavaMap(
                new ColumnProfilerRunner().onData(Slices.apart(rows)).run().profiles());
        return profiles.values().stream()
                .map(Profile::of)
                .sorted(Comparator.comparingInt(p -> order.indexOf(p.column())))
                .toList();
    }

    private static Profile of(ColumnProfile profile) {
        List<String> commonest = new ArrayList<>();
        if (profile.histogram().isDefined()) {
            JavaConverters.mapAsJavaMap(profile.histogram().get().values()).entrySet().stream()
                    .sorted((a, b) ->
                            Long.compare(b.getValue().absolute(), a.getValue().absolute()))
                    .limit(COMMONEST)
                    .forEach(e -> commonest.add(e.getKey() + " (" + e.getValue().absolute() + ")"));
        }
        NumericColumnProfile numeric = profile instanceof NumericColumnProfile n ? n : null;
        return new Profile(
                profile.column(),
                profile.dataType().toString(),
                profile.completeness(),
                profile.approximateNumDistinctValues(),
                numeric == null ? OptionalDouble.empty() : number(numeric.minimum()),
                numeric == null ? OptionalDouble.empty() : number(numeric.maximum()),
                numeric == null ? OptionalDouble.empty() : number(numeric.mean()),
                numeric == null ? OptionalDouble.empty() : number(numeric.stdDev()),
                commonest);
    }

    private static OptionalDouble number(Option<Object> value) {
        return value.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of((Double) value.get());
    }
}

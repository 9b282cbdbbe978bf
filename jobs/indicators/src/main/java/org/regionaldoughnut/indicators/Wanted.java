package org.regionaldoughnut.indicators;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.InSet;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.JavaConverters;

/**
 * Which rows of files count: what is told from a column at once, and all other conditions.
 *
 * @param mustBeNull columns by number
 * @param mustBeAmong column to whole numbers, sorted
 * @param condition null for none
 */
record Wanted(int[] mustBeNull, TreeMap<Integer, int[]> mustBeAmong, Expression condition) implements Serializable {
    private static final int NO_COLUMN = -1;

    /** @param conditions all of which must be met, bound to the columns */
    static Wanted of(List<Expression> conditions) {
        List<Integer> mustBeNull = new ArrayList<>();
        TreeMap<Integer, int[]> mustBeAmong = new TreeMap<>();
        List<Expression> others = new ArrayList<>();
        for (Expression condition : conditions) {
            int column = column(condition);
            Optional<int[]> numbers = column == NO_COLUMN ? Optional.empty() : numbers(condition);
            if (column != NO_COLUMN && condition instanceof IsNull) {
                mustBeNull.add(column);
            } else if (numbers.isPresent() && !mustBeAmong.containsKey(column)) {
                mustBeAmong.put(column, numbers.get());
            } else {
                others.add(condition);
            }
        }
        // a number is not null
        others.removeIf(other -> other instanceof IsNotNull && mustBeAmong.containsKey(column(other)));
        return new Wanted(
                mustBeNull.stream().mapToInt(Integer::intValue).toArray(),
                mustBeAmong,
                others.stream().reduce(And::new).orElse(null));
    }

    /** The column that a condition begins with. */
    private static int column(Expression condition) {
        return condition.children().headOption().getOrElse(() -> null) instanceof BoundReference reference
                ? reference.ordinal()
                : NO_COLUMN;
    }

    /** The whole numbers that a column must be one of, where a condition asks just that. */
    private static Optional<int[]> numbers(Expression condition) {
        List<Expression> parts = JavaConverters.seqAsJavaList(condition.children());
        if (!parts.get(0).dataType().equals(DataTypes.IntegerType)) {
            return Optional.empty();
        }
        List<Object> values = new ArrayList<>();
        if (condition instanceof InSet set) {
            values.addAll(JavaConverters.asJavaCollection(set.hset()));
        } else if (condition instanceof EqualTo || condition instanceof In) {
            for (Expression other : parts.subList(1, parts.size())) {
                values.add(other instanceof Literal literal ? literal.value() : other);
            }
        }
        return !values.isEmpty() && values.stream().allMatch(Integer.class::isInstance)
                ? Optional.of(
                        values.stream().mapToInt(Integer.class::cast).sorted().toArray())
                : Optional.empty();
    }
}

package org.regionaldoughnut.indicators;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Which of many conditions a combination of codes meets. Most ask for one code of the same column, and only those that ask
 * for the code at hand are looked at, with those that do not ask for one.
 */
final class Conditions {
    private final Expression[] all;

    /** The column of codes that most conditions tell apart. */
    private final int column;

    /** By code in this column: the conditions that may be met, in their order. */
    private final Map<UTF8String, int[]> byCode = new HashMap<>();

    private final int[] ofAnyCode;

    /**
     * @param all of truth, bound to a row of codes
     * @param columns number of codes
     */
    Conditions(Expression[] all, int columns) {
        this.all = all;
        List<Map<UTF8String, List<Integer>>> asking = new ArrayList<>();
        IntStream.range(0, columns).forEach(i -> asking.add(new HashMap<>()));
        for (int i = 0; i < all.length; i++) {
            ask(i, all[i], asking);
        }
        int best = 0;
        for (int i = 1; i < columns; i++) {
            best = asking.get(i).size() > asking.get(best).size() ? i : best;
        }
        this.column = best;
        Map<UTF8String, List<Integer>> chosen = columns == 0 ? Map.of() : asking.get(best);
        Set<Integer> choosy = new HashSet<>();
        chosen.values().forEach(choosy::addAll);
        this.ofAnyCode =
                IntStream.range(0, all.length).filter(i -> !choosy.contains(i)).toArray();
        chosen.forEach((code, some) -> byCode.put(
                code,
                IntStream.concat(
                                Arrays.stream(ofAnyCode),
                                some.stream().mapToInt(Integer::intValue).distinct())
                        .sorted()
                        .toArray()));
    }

    private static void ask(int number, Expression condition, List<Map<UTF8String, List<Integer>>> asking) {
        if (condition instanceof And and) {
            ask(number, and.left(), asking);
            ask(number, and.right(), asking);
        } else if (condition instanceof EqualTo equal) {
            ask(number, equal.left(), equal.right(), asking);
            ask(number, equal.right(), equal.left(), asking);
        }
    }

    private static void ask(int number, Expression one, Expression other, List<Map<UTF8String, List<Integer>>> asking) {
        if (one instanceof BoundReference code
                && other instanceof Literal literal
                && literal.value() instanceof UTF8String text) {
            asking.get(code.ordinal())
                    .computeIfAbsent(text, t -> new ArrayList<>())
                    .add(number);
        }
    }

    /** The numbers of those that are met, in their order. */
    int[] metBy(InternalRow combination) {
        int[] candidates = byCode.isEmpty() || combination.isNullAt(column)
                ? ofAnyCode
                : byCode.getOrDefault(combination.getUTF8String(column), ofAnyCode);
        return Arrays.stream(candidates)
                .filter(i -> Boolean.TRUE.equals(all[i].eval(combination)))
                .toArray();
    }
}

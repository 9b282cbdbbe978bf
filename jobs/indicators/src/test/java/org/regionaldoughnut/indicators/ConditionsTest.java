package org.regionaldoughnut.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

class ConditionsTest {
    private static final int COLUMNS = 3;

    @Property
    void thoseAreMetThatAreTrueWhenTheyAreAllLookedAt(
            @ForAll("conditions") List<Expression> conditions, @ForAll("combinations") List<InternalRow> combinations) {
        Expression[] all = conditions.toArray(Expression[]::new);
        Conditions looked = new Conditions(all, COLUMNS);
        for (InternalRow combination : combinations) {
            int[] met = IntStream.range(0, all.length)
                    .filter(i -> Boolean.TRUE.equals(all[i].eval(combination)))
                    .toArray();
            assertThat(looked.metBy(combination)).isEqualTo(met);
        }
    }

    @Example
    void aConditionOnNothingIsMetByAll() {
        Expression[] always = {Literal.create(true, DataTypes.BooleanType)};
        assertThat(new Conditions(always, 0).metBy(new GenericInternalRow(new Object[0])))
                .containsExactly(0);
    }

    @Provide
    Arbitrary<List<Expression>> conditions() {
        Arbitrary<Expression> equal = Combinators.combine(
                        Arbitraries.integers().between(0, COLUMNS - 1),
                        Arbitraries.of("a", "b", "c", "d"),
                        Arbitraries.of(true, false))
                .as((column, code, columnFirst) -> columnFirst
                        ? new EqualTo(column(column), literal(code))
                        : new EqualTo(literal(code), column(column)));
        Arbitrary<Expression> none =
                Arbitraries.integers().between(0, COLUMNS - 1).map(i -> new IsNull(column(i)));
        Arbitrary<Expression> some = Arbitraries.lazyOf(
                () -> equal, () -> equal, () -> none, () -> equal.map(Not::new), () -> Combinators.combine(equal, none)
                        .as(Or::new));
        return some.list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(parts -> parts.stream().reduce(And::new).orElseThrow())
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<InternalRow>> combinations() {
        return Arbitraries.of("a", "b", "c", "e")
                .injectNull(0.2)
                .list()
                .ofSize(COLUMNS)
                .map(codes -> (InternalRow) new GenericInternalRow(codes.stream()
                        .map(code -> code == null ? null : UTF8String.fromString(code))
                        .toArray()))
                .list()
                .ofMaxSize(10);
    }

    private static BoundReference column(int number) {
        return new BoundReference(number, DataTypes.StringType, true);
    }

    private static Literal literal(String code) {
        return Literal.create(code, DataTypes.StringType);
    }
}

package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.lit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.BindReferences;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.package$;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.JavaConverters;

/**
 * Which rows of a table feed which terms. Conditions are looked at when a worker first meets a combination of codes;
 * rows find theirs by a hash of their codes.
 */
final class Matching implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int NONE = -1;

    private final int codes;
    private final int unit;
    private final int[] requests;
    private final Expression[] meets;

    /** By request: the place of the code that its figures are kept apart by. */
    private final int[] by;

    private Matching(int codes, int unit, int[] requests, Expression[] meets, int[] by) {
        this.codes = codes;
        this.unit = unit;
        this.requests = requests;
        this.meets = meets;
        this.by = by;
    }

    /**
     * @param own numbers of the requests that look at the table
     * @param codes of these requests
     */
    static Matching of(SparkSession spark, List<Request> requests, List<Integer> own, Codes codes) {
        List<String> names = codes.names();
        Column[] meets = own.stream().map(i -> codes.meets(requests.get(i))).toArray(Column[]::new);
        int[] by = own.stream()
                .mapToInt(i -> requests.get(i).by().map(names::indexOf).orElse(NONE))
                .toArray();
        return new Matching(names.size(), names.indexOf(codes.unit()), numbers(own), bound(spark, names, meets), by);
    }

    /** For rows that all feed one request. */
    static Matching ofAll(SparkSession spark, int request) {
        Expression[] always = bound(spark, List.of(), lit(true));
        return new Matching(0, NONE, new int[] {request}, always, new int[] {NONE});
    }

    private static int[] numbers(List<Integer> own) {
        return own.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Conditions over codes, as they can be looked at without Spark. */
    private static Expression[] bound(SparkSession spark, List<String> names, Column... conditions) {
        StructType schema = new StructType();
        for (String name : names) {
            schema = schema.add(name, DataTypes.StringType);
        }
        try {
            Project resolved = (Project) spark.createDataFrame(
                            JavaSparkContext.fromSparkContext(spark.sparkContext())
                                    .emptyRDD(),
                            schema)
                    .select(conditions)
                    .queryExecution()
                    .optimizedPlan();
            List<Expression> bound = new ArrayList<>();
            for (NamedExpression named : JavaConverters.seqAsJavaList(resolved.projectList())) {
                bound.add(BindReferences.bindReference(
                        named instanceof Alias alias ? alias.child() : (Expression) named,
                        package$.MODULE$.AttributeSeq(resolved.child().output()),
                        false));
            }
            return bound.toArray(Expression[]::new);
        } catch (Exception e) { // Spark throws what Java does not see declared
            throw Codes.refused(e);
        }
    }

    /** The numbers of the requests. */
    int[] requests() {
        return requests.clone();
    }

    /** For what one worker meets. */
    Cells cells() {
        return new Cells();
    }

    /**
     * What figures say something of.
     *
     * @param requests numbers of those that they feed
     * @param unit that they are in; null where they name none
     */
    record Fed(List<Integer> requests, String unit) {}

    /**
     * Cells in the order they were met. A row goes into each cell of its codes: one for the terms whose codes do not
     * matter and one for each column of codes.
     */
    final class Cells {
        private final Conditions conditions = new Conditions(meets, codes);
        private final List<Fed> fed = new ArrayList<>();
        private final Map<Fed, Integer> knownFed = new HashMap<>();
        private int[] fedOf = new int[16];
        private final Numbering combinations = new Numbering();
        private int[][] cellsOf = new int[16][];
        private final List<Terms.Cell> cells = new ArrayList<>();
        private final Map<Terms.Cell, Integer> known = new HashMap<>();

        /** The number of what the row feeds, in the order they were met. */
        int fed(Reading row, int firstCode) {
            int combination = combination(row, firstCode); // which may make room in what it is a place of
            return fedOf[combination];
        }

        Fed getFed(int number) {
            return fed.get(number);
        }

        Terms.Cell get(int cell) {
            return cells.get(cell);
        }

        List<Terms.Cell> all() {
            return cells;
        }

        /** @param firstCode the column where codes begin */
        int[] of(Reading row, int firstCode) {
            int combination = combination(row, firstCode); // which may make room in what it is a place of
            return cellsOf[combination];
        }

        /** The number of the row's combination of codes, in the order they were met. */
        private int combination(Reading row, int firstCode) {
            long hash = 0;
            for (int i = 0; i < codes; i++) {
                hash = WordHash.and(hash, row.text(firstCode + i));
            }
            int met = combinations.size();
            int number = combinations.number(hash);
            if (number == met) {
                if (number == cellsOf.length) {
                    cellsOf = Arrays.copyOf(cellsOf, 2 * number);
                    fedOf = Arrays.copyOf(fedOf, 2 * number);
                }
                meet(number, row, firstCode);
            }
            return number;
        }

        private void meet(int number, Reading row, int firstCode) {
            Object[] its = new Object[codes];
            for (int i = 0; i < codes; i++) {
                int text = row.text(firstCode + i);
                its[i] = text == Reading.ABSENT
                        ? null
                        : UTF8String.fromString(row.texts(firstCode + i).all().get(text));
            }
            InternalRow combination = new GenericInternalRow(its);
            Map<Integer, List<Integer>> byOver = new TreeMap<>();
            List<Integer> met = new ArrayList<>();
            for (int i : conditions.metBy(combination)) {
                byOver.computeIfAbsent(by[i], o -> new ArrayList<>()).add(requests[i]);
                met.add(requests[i]);
            }
            String in = unit < 0 || its[unit] == null ? null : its[unit].toString();
            fedOf[number] = knownFed.computeIfAbsent(new Fed(List.copyOf(met), in), feeding -> {
                fed.add(feeding);
                return fed.size() - 1;
            });
            List<Integer> numbers = new ArrayList<>();
            byOver.forEach((over, members) -> {
                String code = over < 0 || its[over] == null ? "" : ((UTF8String) its[over]).toString();
                numbers.add(known.computeIfAbsent(new Terms.Cell(List.copyOf(members), code), cell -> {
                    cells.add(cell);
                    return cells.size() - 1;
                }));
            });
            cellsOf[number] = numbers(numbers);
        }
    }
}

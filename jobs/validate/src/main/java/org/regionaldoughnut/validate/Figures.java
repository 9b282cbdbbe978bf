package org.regionaldoughnut.validate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.amazon.deequ.dqdl.execution.DefaultOperandEvaluator$;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.model.ReferencePeriod;
import scala.collection.JavaConverters;

/** Rules on one figure of a batch that Deequ does not know, all of them in one aggregation over all batches. */
final class Figures {
    private static final String BETWEEN = "\u0001";
    private static final int NAMED = 5;

    private final Slices slices;
    private final References references;
    private final IntFunction<Instant> received;
    private final List<ParsedRule> asked = new ArrayList<>();
    private final Map<ParsedRule, Map<Integer, Object>> found = new HashMap<>();

    /** @param received when a slice was received */
    Figures(Slices slices, References references, IntFunction<Instant> received) {
        this.slices = slices;
        this.references = references;
        this.received = received;
    }

    void need(ParsedRule rule) {
        if (!asked.contains(rule)) {
            asked.add(rule);
        }
    }

    /** In how many queries {@link #run} will ask. */
    int queries() {
        return asked.isEmpty() ? 0 : 1;
    }

    void run() {
        if (asked.isEmpty()) {
            return;
        }
        Column[] columns = asked.stream().map(this::aggregate).toArray(Column[]::new);
        List<Row> rows = slices.rows()
                .groupBy(Slices.COLUMN)
                .agg(columns[0], List.of(columns).subList(1, columns.length).toArray(Column[]::new))
                .collectAsList();
        for (Row row : rows) {
            for (int i = 0; i < columns.length; i++) {
                found.computeIfAbsent(asked.get(i), r -> new HashMap<>()).put(row.getInt(0), row.get(i + 1));
            }
        }
    }

    private Column aggregate(ParsedRule rule) {
        Column judged =
                rule.where().map(w -> expr("coalesce((" + w + "), false)")).orElse(lit(true));
        Column column = column(rule.columns().get(0));
        return switch (rule.type()) {
            case "ControlTotal" -> sum(when(judged, column));
            case "PeriodAge" -> collect_set(when(judged, column));
            default -> {
                Column known = List.of(slices.rows().columns()).contains("value")
                        ? judged.and(col("value").isNotNull())
                        : judged;
                Column meant = known.and(column.isin(codes(rule).toArray()))
                        .and(column(rule.parameter("PeriodColumn"))
                                .isin(periods(rule).toArray()));
                yield collect_set(when(meant, concat_ws(BETWEEN, column, column(rule.parameter("PeriodColumn")))));
            }
        };
    }

    Answer answer(ParsedRule rule, int slice) {
        Object value = found.getOrDefault(rule, Map.of()).get(slice);
        return switch (rule.type()) {
            case "ControlTotal" -> total(rule, (Number) value);
            case "PeriodAge" -> age(rule, texts(value), received.apply(slice));
            default -> coverage(rule, Set.copyOf(texts(value)));
        };
    }

    @SuppressWarnings("unchecked")
    private static List<String> texts(Object value) {
        return value == null
                ? List.of()
                : JavaConverters.seqAsJavaList((scala.collection.Seq<String>) value).stream()
                        .filter(Objects::nonNull)
                        .toList();
    }

    private static Answer total(ParsedRule rule, Number sum) {
        String named = "The sum of " + rule.columns().get(0) + " less the provider's total " + rule.parameter("Total");
        if (sum == null) {
            return new Answer(
                    Outcome.State.FAILED,
                    false,
                    java.util.OptionalDouble.empty(),
                    "There is nothing to set against the provider's total " + rule.parameter("Total"),
                    "",
                    "",
                    List.of());
        }
        double difference = Math.abs(sum.doubleValue() - Double.parseDouble(rule.parameter("Total")));
        return judged(rule, named, difference).noting("The sum is " + Judgement.number(sum.doubleValue()) + ".");
    }

    private static Answer age(ParsedRule rule, List<String> periods, Instant received) {
        LocalDate newest = periods.stream()
                .flatMap(text -> ReferencePeriod.parse(text).stream())
                .map(ReferencePeriod::lastDay)
                .max(LocalDate::compareTo)
                .orElse(null);
        if (newest == null) {
            return Answer.nothing("No row has a reference period.");
        }
        long days =
                ChronoUnit.DAYS.between(newest, received.atZone(ZoneOffset.UTC).toLocalDate());
        return judged(rule, "The age in days of the newest period at receipt", days)
                .noting("It ended on " + newest + ".");
    }

    private Answer coverage(ParsedRule rule, Set<String> present) {
        List<String> missing = new ArrayList<>();
        int expected = 0;
        for (String code : codes(rule)) {
            for (String period : periods(rule)) {
                expected++;
                if (!present.contains(code + BETWEEN + period)) {
                    missing.add(code + " " + period);
                }
            }
        }
        String note = missing.isEmpty()
                ? ""
                : "Missing: " + String.join(", ", missing.subList(0, Math.min(NAMED, missing.size())))
                        + (missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more." : ".");
        return judged(
                        rule,
                        "The share of " + expected + " expected values that are there",
                        (double) present.size() / expected)
                .noting(note);
    }

    private static Answer judged(ParsedRule rule, String named, double observed) {
        Answer.Figure figure = new Answer.Figure("Dataset", "", rule.type(), observed);
        return Answer.of(holds(rule, observed), named, observed).with(figure);
    }

    /** Whether a figure meets the rule's condition. */
    static boolean holds(ParsedRule rule, double figure) {
        return rule.dqdl().getCondition().evaluate(figure, rule.dqdl(), DefaultOperandEvaluator$.MODULE$);
    }

    private Set<String> codes(ParsedRule rule) {
        return CodeReference.parse(rule.parameter("Reference")).codes(references.codelists());
    }

    private static Set<String> periods(ParsedRule rule) {
        return periods(rule.parameter("Periods"));
    }

    /**
     * Periods as a rule lists them: {@code 2015..2019} or {@code 2019-Q1, 2019-Q2}.
     *
     * @throws IllegalArgumentException where one is no period
     */
    static Set<String> periods(String text) {
        Set<String> periods = new LinkedHashSet<>();
        for (String part : text.split(",")) {
            String[] ends = part.strip().split("\\.\\.");
            if (ends.length == 2 && part.strip().matches("\\d{4}\\.\\.\\d{4}")) {
                IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]))
                        .mapToObj(Integer::toString)
                        .forEach(periods::add);
            } else if (ReferencePeriod.parse(part).isPresent()) {
                periods.add(part.strip());
            } else {
                throw new IllegalArgumentException(
                        "'" + part.strip() + "' is neither a reference period nor years such as 2015..2019");
            }
        }
        if (periods.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' names no period");
        }
        return periods;
    }

    private static Column column(String name) {
        return col(RowCondition.quoted(name));
    }
}

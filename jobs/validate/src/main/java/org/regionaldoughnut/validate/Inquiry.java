package org.regionaldoughnut.validate;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.Size;
import com.amazon.deequ.analyzers.runners.AnalyzerContext;
import com.amazon.deequ.checks.Check;
import com.amazon.deequ.dqdl.execution.DefaultOperandEvaluator$;
import com.amazon.deequ.dqdl.model.DeequExecutableRule;
import com.amazon.deequ.metrics.DoubleMetric;
import com.amazon.deequ.metrics.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.model.NearMiss;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;
import software.amazon.glue.dqdl.model.DQRule;
import software.amazon.glue.dqdl.model.condition.number.NumberBasedCondition;

/**
 * Asks every rule about every slice it concerns, in as few passes as it takes.
 *
 * <ul>
 *   <li>What Deequ measures by scanning or by counting values is measured for all slices at once, see {@link BatchPass}.
 *   <li>Edits and figures of the house likewise take one query for all slices.
 *   <li>Queries and the rules on the shape of the table are asked about each slice alone.
 *   <li>A slice without rows is answered here.
 * </ul>
 */
@SuppressWarnings({"rawtypes", "unchecked"})
final class Inquiry {
    private static final Set<String> COUNTS = Set.of("RowCount", "DistinctValuesCount");
    private static final Set<String> ON_SHAPE = Set.of("ColumnCount", "ColumnExists", "ColumnNamesMatchPattern");

    private final Slices slices;
    private final Ruleset rules;
    private final List<BatchRows> batches;
    private final References references;
    private final Map<Integer, Edit> edits = new HashMap<>();
    private final List<String> key;
    private final BatchPass pass;
    private final Figures figures;
    private final Map<Question, Answer> answers = new LinkedHashMap<>();
    private final Map<Integer, List<Check>> checks = new HashMap<>();
    private final Map<Question, Long> judgedByEdit = new HashMap<>();
    private final Set<String> resolved = new HashSet<>();

    /** A rule asked about a slice, both by number. */
    record Question(int slice, int rule) {}

    /**
     * @param key columns that together tell one figure from another
     * @param now when a batch without a time of receipt counts as received
     */
    Inquiry(
            Slices slices,
            Ruleset rules,
            List<BatchRows> batches,
            List<String> key,
            References references,
            Instant now) {
        this.slices = slices;
        this.rules = rules;
        this.batches = batches;
        this.key = key;
        this.references = references;
        this.pass = new BatchPass(slices);
        this.figures = new Figures(
                slices, references, slice -> batches.get(slice).received().orElse(now));
    }

    /** Answers by slice and rule, in their order. */
    Map<Question, Answer> answers() {
        return answers;
    }

    BatchPass pass() {
        return pass;
    }

    /** The edits that were asked, by the rule's number. */
    Map<Integer, Edit> edits() {
        return edits;
    }

    /** Slices on which rules that judge single rows failed, by the rule's number. */
    Map<Integer, List<Integer>> failedRowRules() {
        Map<Integer, List<Integer>> failed = new LinkedHashMap<>();
        answers.forEach((question, answer) -> {
            if (answer.state() == Outcome.State.FAILED && FailingRows.judges(rules.rule(question.rule()), references)) {
                failed.computeIfAbsent(question.rule(), r -> new ArrayList<>()).add(question.slice());
            }
        });
        return failed;
    }

    /** Number of rows the rule judges: those of the slice that meet its condition. */
    long judged(Question question) {
        ParsedRule rule = rules.rule(question.rule());
        if (rule == null || rule.kind() == ParsedRule.Kind.EDIT) {
            return judgedByEdit.getOrDefault(question, 0L);
        }
        if (rule.domain().isEmpty()) {
            return slices.count(question.slice());
        }
        Metric size = pass.metric(size(rule), question.slice());
        return size.value().isSuccess() ? ((Double) size.value().get()).longValue() : 0;
    }

    private static Size size(ParsedRule rule) {
        return new Size(Option.apply("coalesce((" + rule.domain().orElseThrow() + "), false)"));
    }

    void run() {
        List<Question> grouped = new ArrayList<>();
        Map<Integer, List<Question>> ownPass = new LinkedHashMap<>();
        List<Question> narrowed = new ArrayList<>();
        for (int slice = 0; slice < slices.size(); slice++) {
            for (int number : rules.of(slice)) {
                Question question = new Question(slice, number);
                answers.put(question, answerAtOnce(question));
                if (answers.get(question) != null) {
                    continue;
                }
                ParsedRule rule = rules.rule(number);
                if (rule.domain().isPresent()) {
                    pass.need(size(rule));
                }
                switch (rule.kind()) {
                    case SQL, ALONE, UNSUPPORTED ->
                        ownPass.computeIfAbsent(slice, s -> new ArrayList<>()).add(question);
                    case CHECK, KEY -> (together(number) ? grouped : narrowed).add(question);
                    default -> {
                        prepare(number, rule);
                        grouped.add(question);
                    }
                }
            }
        }
        slices.expect(pass.queries() + figures.queries() + edits.size() + narrowed.size() + ownPass.size());
        pass.run();
        figures.run();
        Map<Integer, Map<Integer, Answer>> edited = new HashMap<>();
        for (Question question : grouped) {
            answers.put(question, answer(question, edited));
        }
        askNarrowed(narrowed);
        ownPass.forEach(this::askAlone);
        answers.replaceAll(this::overNothing);
    }

    /** Whether Deequ's analyzers for the rule can be asked about all slices at once; if so, they will be. */
    private boolean together(int number) {
        if (!checks.containsKey(number)) {
            List<Check> found = new ArrayList<>();
            try {
                ParsedRule rule = rules.rule(number);
                found.add(check(rule.everywhere()));
                rule.complete().forEach(part -> found.add(check(part)));
            } catch (RuntimeException e) {
                found.clear();
            }
            boolean all =
                    found.stream().flatMap(check -> analyzers(check).stream()).allMatch(BatchPass::answers);
            checks.put(number, all ? found : List.of());
            checks.get(number).forEach(check -> analyzers(check).forEach(pass::need));
        }
        return !checks.get(number).isEmpty();
    }

    /** @throws IllegalArgumentException where Deequ answers the rule in another way than by a check */
    private static Check check(DQRule rule) {
        if (DeequPass.translated(rule) instanceof DeequExecutableRule executable) {
            return executable.check();
        }
        throw new IllegalArgumentException("no check: " + rule.getRuleType());
    }

    private static List<Analyzer> analyzers(Check check) {
        return List.copyOf(
                (java.util.Set<Analyzer>) (java.util.Set) JavaConverters.setAsJavaSet(check.requiredAnalyzers()));
    }

    private void prepare(int number, ParsedRule rule) {
        switch (rule.kind()) {
            case SHARE -> pass.need(Share.analyzer(rule, references));
            case CHANGE -> pass.need(new Change(rule).analyzer());
            case FIGURE -> figures.need(rule);
            case EDIT -> edits.computeIfAbsent(number, n -> new Edit(rule, key, references));
            default -> throw new IllegalStateException("not prepared: " + rule.kind());
        }
    }

    private Answer answer(Question question, Map<Integer, Map<Integer, Answer>> edited) {
        ParsedRule rule = rules.rule(question.rule());
        try {
            return switch (rule.kind()) {
                case SHARE -> share(rule, question.slice());
                case CHANGE -> change(rule, question.slice());
                case FIGURE -> figures.answer(rule, question.slice());
                case EDIT ->
                    edited.computeIfAbsent(question.rule(), this::edited)
                            .getOrDefault(question.slice(), Answer.nothing("No rows to compare."));
                default ->
                    checks.get(question.rule()).stream()
                            .map(check -> evaluated(check, question.slice()))
                            .map(given -> rule.kind() == ParsedRule.Kind.KEY && nothing(given) ? given.passed() : given)
                            .reduce(Answer::and)
                            .orElseThrow();
            };
        } catch (Exception e) {
            return Answer.error(DeequPass.reason(e));
        }
    }

    /** A key of nothing but missing values repeats none. */
    private static boolean nothing(Answer answer) {
        return answer.nothing() && answer.observed().isEmpty() && answer.state() != Outcome.State.ERROR;
    }

    private Answer evaluated(Check check, int slice) {
        scala.collection.immutable.Map measured = scala.collection.immutable.Map$.MODULE$.empty();
        for (Analyzer analyzer : analyzers(check)) {
            measured = measured.$plus(new Tuple2<>(analyzer, pass.metric(analyzer, slice)));
        }
        return DeequPass.answer(check.evaluate(new AnalyzerContext(measured)));
    }

    private Answer share(ParsedRule rule, int slice) {
        DoubleMetric metric = (DoubleMetric) pass.metric(Share.analyzer(rule, references), slice);
        if (metric.value().isFailure()) {
            return Answer.error(DeequPass.reason(metric.value().failed().get()));
        }
        double share = (Double) metric.value().get();
        if (Double.isNaN(share)) {
            return Answer.nothing("");
        }
        Answer.Figure figure = DeequPass.figure(metric, share);
        return Answer.of(Figures.holds(rule, share), DeequPass.named(figure), share)
                .with(figure);
    }

    private Answer change(ParsedRule rule, int slice) {
        Change change = new Change(rule);
        DoubleMetric metric = (DoubleMetric) pass.metric(change.analyzer(), slice);
        if (metric.value().isFailure()) {
            return Answer.nothing("There is no value to measure " + String.join(" of ", rule.metric()) + " on.");
        }
        Answer.Figure figure = DeequPass.figure(metric, (Double) metric.value().get());
        BatchRows batch = batches.get(slice);
        List<Double> past = references
                .history()
                .before(
                        batch.source(),
                        batch.batch(),
                        figure.entity(),
                        figure.instance(),
                        Judgement.name(figure, rule));
        return change.answer(past, figure);
    }

    /** One query on what the rule compares, for every slice: rows judged, rows that fail, and the worst measure. */
    private Map<Integer, Answer> edited(int number) {
        ParsedRule rule = rules.rule(number);
        NumberBasedCondition condition = (NumberBasedCondition) rule.dqdl().getCondition();
        String holds = RowCondition.compare(Edit.MEASURED, condition).orElseThrow();
        Dataset<Row> measured = edits.get(number).measured(slices.rows());
        List<Row> bySlice = measured.groupBy(Slices.COLUMN)
                .agg(
                        count(lit(1)),
                        count(when(expr("not coalesce((" + holds + "), false)"), lit(1))),
                        expr(RowCondition.worst(Edit.MEASURED, condition)).cast("double"))
                .collectAsList();
        Map<Integer, Answer> found = new HashMap<>();
        for (Row row : bySlice) {
            judgedByEdit.put(new Question(row.getInt(0), number), row.getLong(1));
            boolean passed = row.getLong(2) == 0;
            double worst = row.isNullAt(3) ? Double.NaN : row.getDouble(3);
            found.put(
                    row.getInt(0),
                    row.isNullAt(3)
                            ? new Answer(
                                    passed ? Outcome.State.PASSED : Outcome.State.FAILED,
                                    false,
                                    java.util.OptionalDouble.empty(),
                                    "There is no quotient",
                                    "",
                                    "",
                                    List.of())
                            : Answer.of(passed, "The worst measure", worst)
                                    .with(new Answer.Figure("Dataset", "", rule.type(), worst)));
        }
        return found;
    }

    /** What Deequ cannot group is asked with the slice as the rule's condition. */
    private void askNarrowed(List<Question> questions) {
        if (questions.isEmpty()) {
            return;
        }
        List<DQRule> asked = questions.stream()
                .map(q -> rules.rule(q.rule()).within(Slices.condition(q.slice())))
                .toList();
        List<Answer> given = new DeequPass(slices.rows()).ask(asked);
        for (int i = 0; i < given.size(); i++) {
            answers.put(questions.get(i), given.get(i));
        }
    }

    private void askAlone(int slice, List<Question> questions) {
        List<Answer> given = new DeequPass(slices.primary(slice))
                .ask(questions.stream().map(q -> rules.rule(q.rule()).dqdl()).toList());
        for (int i = 0; i < questions.size(); i++) {
            answers.put(questions.get(i), given.get(i));
        }
    }

    /** What can be answered without a look at the rows; null for the rest. */
    private Answer answerAtOnce(Question question) {
        ParsedRule rule = rules.rule(question.rule());
        if (rule == null) {
            return Answer.error("it does not parse: " + rules.problems().get(question.rule()));
        }
        Set<String> present = slices.columns(question.slice());
        try {
            for (String column : Ruleset.columns(rule)) {
                if (!present.contains(column)) {
                    return Answer.error("the batch has no column '" + column + "'." + NearMiss.hint(column, present));
                }
            }
            if (rule.where().isPresent() && resolved.add(rule.where().get())) {
                slices.rows().where(rule.where().get());
            }
        } catch (Exception e) {
            rule.where().ifPresent(resolved::remove);
            return Answer.error(DeequPass.reason(e));
        }
        boolean asked = slices.count(question.slice()) > 0
                || rule.kind() == ParsedRule.Kind.SQL
                || rule.kind() == ParsedRule.Kind.FIGURE
                || rule.kind() == ParsedRule.Kind.CHANGE
                || rule.type().equals("Composite")
                || ON_SHAPE.contains(rule.type());
        if (asked) {
            return null;
        }
        return COUNTS.contains(rule.type())
                ? zero(rule)
                : Answer.of(true, "", 0).passed();
    }

    private static Answer zero(ParsedRule rule) {
        try {
            boolean passed = rule.dqdl().getCondition().evaluate(0.0, rule.dqdl(), DefaultOperandEvaluator$.MODULE$);
            return Answer.of(passed, "The number of rows", 0);
        } catch (RuntimeException e) {
            return Answer.error(DeequPass.reason(e));
        }
    }

    /** A rule without a row to judge is not broken; one that measures a figure of no values cannot be evaluated. */
    private Answer overNothing(Question question, Answer answer) {
        ParsedRule rule = rules.rule(question.rule());
        boolean measuredByDeequ = rule != null
                && Set.of(ParsedRule.Kind.CHECK, ParsedRule.Kind.KEY, ParsedRule.Kind.SHARE)
                        .contains(rule.kind());
        if (answer.state() == Outcome.State.ERROR || !measuredByDeequ) {
            return answer;
        }
        if (!COUNTS.contains(rule.type()) && judged(question) == 0) {
            return answer.passed();
        }
        return answer.nothing()
                        && answer.observed().isEmpty()
                        && !FailingRows.judges(rule, references)
                        && judged(question) > 0
                ? Answer.error("every value it measures is missing")
                : answer;
    }
}

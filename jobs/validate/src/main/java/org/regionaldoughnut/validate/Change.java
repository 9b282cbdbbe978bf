package org.regionaldoughnut.validate;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.Completeness;
import com.amazon.deequ.analyzers.Mean;
import com.amazon.deequ.analyzers.Size;
import com.amazon.deequ.analyzers.StandardDeviation;
import com.amazon.deequ.analyzers.Sum;
import com.amazon.deequ.analyzers.Uniqueness;
import com.amazon.deequ.anomalydetection.AbsoluteChangeStrategy;
import com.amazon.deequ.anomalydetection.AnomalyDetectionStrategy;
import com.amazon.deequ.anomalydetection.OnlineNormalStrategy;
import com.amazon.deequ.anomalydetection.RelativeRateOfChangeStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.regionaldoughnut.model.NearMiss;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.immutable.Vector;
import software.amazon.glue.dqdl.model.condition.number.AtomicNumberOperand;
import software.amazon.glue.dqdl.model.condition.number.NumberBasedCondition;
import software.amazon.glue.dqdl.model.condition.number.NumericOperand;

/** Rules on a metric and its past, by Deequ's strategies against anomalies. */
final class Change {
    private static final Set<String> OF_COLUMNS =
            Set.of("Completeness", "Mean", "Sum", "StandardDeviation", "Uniqueness");

    private final ParsedRule rule;

    Change(ParsedRule rule) {
        this.rule = rule;
    }

    /** Deequ's analyzer of the metric the rule names. @throws IllegalArgumentException where it names none */
    @SuppressWarnings("rawtypes")
    Analyzer analyzer() {
        List<String> metric = rule.metric();
        Option<String> where = Option.apply(rule.scope());
        String name = metric.get(0);
        if (name.equals("RowCount") && metric.size() == 1) {
            return new Size(where);
        }
        if (!OF_COLUMNS.contains(name) || metric.size() != 2) {
            List<String> known = new ArrayList<>(OF_COLUMNS);
            known.add("RowCount");
            throw new IllegalArgumentException("'" + String.join("\" \"", metric)
                    + "' is not a metric such as \"RowCount\" or \"Completeness\" \"value\"."
                    + NearMiss.hint(name, known));
        }
        String column = metric.get(1);
        return switch (name) {
            case "Completeness" -> new Completeness(column, where, Option.empty());
            case "Mean" -> new Mean(column, where);
            case "Sum" -> new Sum(column, where);
            case "StandardDeviation" -> new StandardDeviation(column, where);
            default ->
                new Uniqueness(JavaConverters.asScalaBuffer(List.of(column)).toSeq(), where, Option.empty());
        };
    }

    /**
     * @param past values of earlier batches, oldest first
     * @param now what was measured
     */
    Answer answer(List<Double> past, Answer.Figure now) {
        int needed = needed();
        if (past.size() < needed) {
            return Answer.nothing(
                            "Only " + past.size() + " earlier batches to compare with; " + needed + " are needed.")
                    .with(now);
        }
        List<Object> series = new ArrayList<>(past);
        series.add(now.value());
        Vector<Object> values = JavaConverters.asScalaBuffer(series).toVector();
        Tuple2<Object, Object> last = new Tuple2<>(series.size() - 1, series.size());
        AnomalyDetectionStrategy strategy = strategy();
        boolean normal = strategy.detect(values, last).isEmpty();
        double before = past.get(past.size() - 1);
        String what = DeequPass.named(now);
        return switch (rule.type()) {
            case "RelativeChange" -> Answer.of(normal, what + " against " + before + " before", now.value() / before);
            case "AbsoluteChange" ->
                Answer.of(normal, what + " less " + before + " of the batch before", now.value() - before);
            default ->
                Answer.of(
                        normal,
                        what + ", in standard deviations from its running mean,",
                        deviations((OnlineNormalStrategy) strategy, values, now.value()));
        };
    }

    /** The strategy counts the value itself in: among fewer values none can lie that far out. */
    private int needed() {
        if (!rule.type().equals("OnlineNormal")) {
            return 1;
        }
        double factor = numbers().get(0);
        return (int) Math.floor(factor * factor) + 1;
    }

    private static double deviations(OnlineNormalStrategy strategy, Vector<Object> values, double now) {
        var stats = strategy.computeStatsAndAnomalies(values, new Tuple2<>(values.size() - 1, values.size()))
                .last();
        return now == stats.mean() ? 0 : Math.abs(now - stats.mean()) / stats.stdDev();
    }

    private List<Double> numbers() {
        return ((NumberBasedCondition) rule.dqdl().getCondition())
                .getOperands().stream()
                        .filter(AtomicNumberOperand.class::isInstance)
                        .map(NumericOperand::getOperand)
                        .map(Double::valueOf)
                        .toList();
    }

    /** @throws IllegalArgumentException where the condition has a form that the strategy does not know */
    AnomalyDetectionStrategy strategy() {
        NumberBasedCondition condition = (NumberBasedCondition) rule.dqdl().getCondition();
        List<Double> numbers = numbers();
        if (numbers.size() != condition.getOperands().size()) {
            throw new IllegalArgumentException("its condition is not made of numbers");
        }
        Option<Object> none = Option.empty();
        if (rule.type().equals("OnlineNormal")) {
            return switch (condition.getOperator()) {
                case LESS_THAN, LESS_THAN_EQUAL_TO ->
                    new OnlineNormalStrategy(Option.apply(numbers.get(0)), Option.apply(numbers.get(0)), 0.0, true);
                default -> throw new IllegalArgumentException("its condition is not of the form <= 3");
            };
        }
        Option<Object> from = none;
        Option<Object> to = none;
        switch (condition.getOperator()) {
            case BETWEEN -> {
                from = Option.apply(numbers.get(0));
                to = Option.apply(numbers.get(1));
            }
            case LESS_THAN, LESS_THAN_EQUAL_TO -> to = Option.apply(numbers.get(0));
            case GREATER_THAN, GREATER_THAN_EQUAL_TO -> from = Option.apply(numbers.get(0));
            default -> throw new IllegalArgumentException("its condition is not between, at most or at least");
        }
        return rule.type().equals("RelativeChange")
                ? new RelativeRateOfChangeStrategy(from, to, 1)
                : new AbsoluteChangeStrategy(from, to, 1);
    }
}

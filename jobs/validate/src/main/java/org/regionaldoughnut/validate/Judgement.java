package org.regionaldoughnut.validate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.office.QualityRule;

/** Puts answers into outcomes and metrics that people can read, and decides on the batches. */
final class Judgement {
    private final String contract;
    private final List<BatchRows> batches;
    private final Instant evaluated;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Set<Metric> metrics = new LinkedHashSet<>();

    Judgement(String contract, List<BatchRows> batches, Instant evaluated) {
        this.contract = contract;
        this.batches = batches;
        this.evaluated = evaluated;
    }

    /**
     * @param rule null where it does not parse
     * @param judged number of rows the rule judges
     * @param failing number of rows named
     */
    void add(int slice, QualityRule quality, ParsedRule rule, Answer answer, long judged, long failing) {
        BatchRows batch = batches.get(slice);
        outcomes.add(new Outcome(
                batch.source(),
                contract,
                batch.batch(),
                quality,
                answer.state(),
                answer.observed(),
                rule == null ? "" : rule.expected(),
                message(quality, rule, answer, judged, failing),
                failing,
                answer.state() == Outcome.State.PASSED
                        ? Optional.empty()
                        : Optional.ofNullable(batch.waived().get(quality.id())),
                evaluated));
        for (Answer.Figure figure : answer.figures()) {
            boolean named = figure.instance().isEmpty()
                    || rule != null && (rule.counted().isPresent() || rule.kind() == ParsedRule.Kind.SQL);
            metrics.add(new Metric(
                    batch.source(),
                    contract,
                    batch.batch(),
                    figure.entity(),
                    named ? quality.rule() : figure.instance(),
                    name(figure, rule),
                    figure.value(),
                    evaluated));
        }
    }

    /** The name a metric is recorded under: with the rule's own condition, where it has one. */
    static String name(Answer.Figure figure, ParsedRule rule) {
        return rule == null || rule.counted().isPresent() || rule.where().isEmpty()
                ? figure.name()
                : figure.name() + " (where: " + rule.where().get() + ")";
    }

    private static String message(QualityRule quality, ParsedRule rule, Answer answer, long judged, long failing) {
        if (answer.state() == Outcome.State.ERROR) {
            String problem = answer.problem().replaceAll("[.\\s]+$", "");
            return "Cannot evaluate rule " + quality.id() + ": " + problem + (problem.endsWith("?") ? "" : ".")
                    + " Correct the rule or the source's columns.";
        }
        if (answer.state() == Outcome.State.PASSED) {
            return answer.nothing() && judged == 0 && answer.note().isEmpty() ? "No rows to judge." : answer.note();
        }
        StringBuilder message = new StringBuilder();
        if (failing > 0) {
            message.append(count(failing)).append(" of ").append(count(judged)).append(" rows fail. ");
        }
        if (rule.counted().isPresent()) {
            return message.append("Rows with ")
                    .append(rule.counted().get())
                    .append(": ")
                    .append(observed(answer))
                    .append(", expected ")
                    .append(rule.expected())
                    .append(".")
                    .toString();
        }
        message.append(
                answer.observed().isPresent()
                        ? answer.measured() + " is " + observed(answer)
                        : answer.measured().isBlank() ? "Every value is missing" : answer.measured());
        message.append(", expected ").append(rule.expected()).append(".");
        return (answer.note().isEmpty() ? message : message.append(" ").append(answer.note())).toString();
    }

    private static String observed(Answer answer) {
        return number(answer.observed().orElse(Double.NaN));
    }

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String count(long rows) {
        return String.format(Locale.ROOT, "%d", rows);
    }

    List<Outcome> outcomes() {
        return outcomes;
    }

    List<Metric> metrics() {
        return new ArrayList<>(metrics);
    }

    Map<GateResult.Batch, Boolean> accepted() {
        Map<GateResult.Batch, Boolean> accepted = new LinkedHashMap<>();
        batches.forEach(b -> accepted.put(new GateResult.Batch(b.source(), b.batch()), true));
        outcomes.stream()
                .filter(Outcome::refuses)
                .forEach(o -> accepted.put(new GateResult.Batch(o.source(), o.batch()), false));
        return accepted;
    }
}

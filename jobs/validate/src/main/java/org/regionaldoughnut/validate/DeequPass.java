package org.regionaldoughnut.validate;

import com.amazon.deequ.VerificationResult;
import com.amazon.deequ.VerificationRunBuilder;
import com.amazon.deequ.VerificationSuite;
import com.amazon.deequ.analyzers.runners.EmptyStateException;
import com.amazon.deequ.checks.Check;
import com.amazon.deequ.checks.CheckResult;
import com.amazon.deequ.constraints.ConstraintResult;
import com.amazon.deequ.dqdl.execution.DQDLExecutor;
import com.amazon.deequ.dqdl.model.DeequExecutableRule;
import com.amazon.deequ.dqdl.model.ExecutableRule;
import com.amazon.deequ.dqdl.model.RuleOutcome;
import com.amazon.deequ.dqdl.translation.DQDLRuleTranslator;
import com.amazon.deequ.metrics.DoubleMetric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Option;
import scala.collection.JavaConverters;
import scala.util.Try;
import software.amazon.glue.dqdl.model.DQRule;
import software.amazon.glue.dqdl.model.DQRuleset;

/**
 * Asks Deequ rules about rows. All rules that Deequ turns into checks share its scan; results are taken from the checks
 * themselves, so that two rules of the same text stay apart.
 */
final class DeequPass {
    /** Constraints asked at once; Deequ overflows the stack at some 200 checks. */
    private static final int CHUNK = 150;

    private static final Set<String> SHARES = Set.of("Compliance", "PatternMatch");

    private final Dataset<Row> rows;

    DeequPass(Dataset<Row> rows) {
        this.rows = rows;
    }

    /** One answer a rule, in the rules' order. */
    List<Answer> ask(List<DQRule> rules) {
        Map<Integer, Check> checks = new LinkedHashMap<>();
        Answer[] answers = new Answer[rules.size()];
        for (int i = 0; i < rules.size(); i++) {
            try {
                ExecutableRule executable = translated(rules.get(i));
                if (executable instanceof DeequExecutableRule check) {
                    checks.put(i, check.check());
                } else {
                    answers[i] = alone(rules.get(i), executable);
                }
            } catch (RuntimeException e) {
                answers[i] = Answer.error(reason(e));
            }
        }

        for (Map<Integer, Check> chunk : chunks(checks)) {
            VerificationResult result = verify(new ArrayList<>(chunk.values()));
            chunk.forEach(
                    (i, check) -> answers[i] = answer(result.checkResults().get(check)));
        }
        return List.of(answers);
    }

    static ExecutableRule translated(DQRule rule) {
        return DQDLRuleTranslator.toExecutableRules(new DQRuleset(List.of(rule)))
                .head();
    }

    private VerificationResult verify(List<Check> checks) {
        VerificationRunBuilder run = new VerificationSuite().onData(rows).addCheck(checks.get(0));
        return run.addChecks(JavaConverters.asScalaBuffer(checks.subList(1, checks.size()))
                        .toSeq())
                .run();
    }

    private static List<Map<Integer, Check>> chunks(Map<Integer, Check> checks) {
        List<Map<Integer, Check>> chunks = new ArrayList<>();
        int size = CHUNK;
        for (Map.Entry<Integer, Check> check : checks.entrySet()) {
            int constraints = check.getValue().constraints().size();
            if (size + constraints > CHUNK) {
                chunks.add(new LinkedHashMap<>());
                size = 0;
            }
            chunks.get(chunks.size() - 1).put(check.getKey(), check.getValue());
            size += constraints;
        }
        return chunks;
    }

    private static Answer answer(Option<CheckResult> result) {
        return result.isEmpty() ? Answer.error("Deequ gave no result") : answer(result.get());
    }

    /** What the constraints of a check say together. */
    static Answer answer(CheckResult result) {
        List<Answer.Figure> figures = new ArrayList<>();
        boolean passed = true;
        boolean nothing = false;
        Answer.Figure decisive = null;
        for (ConstraintResult constraint : JavaConverters.seqAsJavaList(result.constraintResults())) {
            boolean holds = constraint.status().toString().equals("Success");
            if (constraint.metric().isDefined() && constraint.metric().get() instanceof DoubleMetric metric) {
                Try<Object> value = metric.value();
                if (value.isFailure() && !(value.failed().get() instanceof EmptyStateException)) {
                    return Answer.error(reason(value.failed().get()));
                }
                double figure = value.isSuccess() ? (Double) value.get() : Double.NaN;
                nothing |= Double.isNaN(figure);
                if (!Double.isNaN(figure)) {
                    Answer.Figure measured = figure(metric, figure);
                    figures.add(measured);
                    decisive = decisive == null || (passed && !holds) ? measured : decisive;
                }
            } else if (!holds) {
                return Answer.error(
                        constraint.message().isDefined() ? constraint.message().get() : "no metric");
            }
            passed &= holds;
        }
        return new Answer(
                passed ? Outcome.State.PASSED : Outcome.State.FAILED,
                nothing,
                decisive == null ? OptionalDouble.empty() : OptionalDouble.of(decisive.value()),
                decisive == null ? "" : named(decisive),
                "",
                "",
                figures);
    }

    static Answer.Figure figure(DoubleMetric metric, double value) {
        boolean share = metric.name().equals("Compliance");
        return new Answer.Figure(
                metric.entity().toString().replace("Mutlicolumn", "Multicolumn"),
                share ? "" : metric.instance(),
                metric.name(),
                value);
    }

    static String named(Answer.Figure figure) {
        if (SHARES.contains(figure.name())) {
            return "The share of rows that comply";
        }
        return switch (figure.name()) {
            case "Size" -> "The number of rows";
            case "CustomSQL" -> "The result of the query";
            default ->
                "The " + figure.name().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT)
                        + " of " + figure.instance().replace(",", ", ");
        };
    }

    /** Rules that Deequ evaluates outside its checks. */
    private Answer alone(DQRule rule, ExecutableRule executable) {
        RuleOutcome outcome = DQDLExecutor.executeRules(
                        JavaConverters.asScalaBuffer(List.of(executable)).toSeq(),
                        rows,
                        scala.collection.immutable.Map$.MODULE$.empty())
                .apply(rule);
        boolean passed = outcome.outcome().asString().equals("Passed");
        List<Answer.Figure> figures = new ArrayList<>();
        JavaConverters.mapAsJavaMap(outcome.evaluatedMetrics()).forEach((name, value) -> {
            String[] parts = name.split("\\.", 3);
            figures.add(new Answer.Figure(parts[0], parts[1], parts[parts.length - 1], (Double) value));
        });
        String reason =
                outcome.failureReason().isDefined() ? outcome.failureReason().get() : "";
        return new Answer(
                passed ? Outcome.State.PASSED : Outcome.State.FAILED,
                false,
                figures.isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(figures.get(0).value()),
                figures.isEmpty() ? reason : named(figures.get(0)),
                "",
                "",
                figures);
    }

    static String reason(Throwable e) {
        String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
        return message.length() > 400 ? message.substring(0, 400) + "..." : message;
    }
}

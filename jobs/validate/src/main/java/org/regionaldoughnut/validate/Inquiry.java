package org.regionaldoughnut.validate;

import com.amazon.deequ.dqdl.execution.DefaultOperandEvaluator$;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.model.NearMiss;
import software.amazon.glue.dqdl.model.DQRule;
import software.amazon.glue.dqdl.model.condition.number.AtomicNumberOperand;
import software.amazon.glue.dqdl.model.condition.number.NumberBasedCondition;
import software.amazon.glue.dqdl.model.condition.number.NumberBasedConditionOperator;

/**
 * Asks every rule about every slice it concerns, in as few passes as it takes.
 *
 * <ul>
 *   <li>Rules that scan are asked once a slice, with the slice as their condition, all in one pass.
 *   <li>A key is asked once for all slices, the slice being part of it; only where that fails once a slice.
 *   <li>Queries and the rules on the shape of the table are asked about each slice alone.
 *   <li>A slice without rows is answered here.
 * </ul>
 */
final class Inquiry {
    private static final Set<String> COUNTS = Set.of("RowCount", "DistinctValuesCount");
    private static final Set<String> ON_SHAPE = Set.of("ColumnCount", "ColumnExists", "ColumnNamesMatchPattern");

    private final Slices slices;
    private final Ruleset rules;
    private final Map<Question, Answer> answers = new LinkedHashMap<>();
    private final Map<String, Long> judged = new HashMap<>();
    private final Set<String> resolved = new HashSet<>();

    /** A rule asked about a slice, both by number. */
    record Question(int slice, int rule) {}

    Inquiry(Slices slices, Ruleset rules) {
        this.slices = slices;
        this.rules = rules;
    }

    /** Answers by slice and rule, in their order. */
    Map<Question, Answer> answers() {
        return answers;
    }

    /** Slices on which rules that judge single rows failed, by the rule's number. */
    Map<Integer, List<Integer>> failedRowRules() {
        Map<Integer, List<Integer>> failed = new LinkedHashMap<>();
        answers.forEach((question, answer) -> {
            if (answer.state() == Outcome.State.FAILED && FailingRows.judges(rules.rule(question.rule()))) {
                failed.computeIfAbsent(question.rule(), r -> new ArrayList<>()).add(question.slice());
            }
        });
        return failed;
    }

    /** Number of rows the rule judges: those of the slice that meet its condition. */
    long judged(Question question) {
        ParsedRule rule = rules.rule(question.rule());
        return rule == null || rule.domain().isEmpty()
                ? slices.count(question.slice())
                : judged.getOrDefault(scope(question), 0L);
    }

    void run() {
        List<Question> shared = new ArrayList<>();
        Map<Integer, List<Question>> keys = new LinkedHashMap<>();
        Map<Integer, List<Question>> alone = new LinkedHashMap<>();
        for (int slice = 0; slice < slices.size(); slice++) {
            for (int number : rules.of(slice)) {
                Question question = new Question(slice, number);
                answers.put(question, answerAtOnce(question));
                if (answers.get(question) != null) {
                    continue;
                }
                switch (rules.rule(number).kind()) {
                    case KEY ->
                        keys.computeIfAbsent(number, n -> new ArrayList<>()).add(question);
                    case SQL, ALONE, UNSUPPORTED ->
                        alone.computeIfAbsent(slice, s -> new ArrayList<>()).add(question);
                    default -> shared.add(question);
                }
            }
        }
        askShared(shared, keys);
        alone.forEach(this::askAlone);
        answers.replaceAll(this::overNothing);
    }

    private void askShared(List<Question> shared, Map<Integer, List<Question>> keys) {
        Asking asking = new Asking();
        shared.forEach(q -> asking.about(inSlice(q), answer -> answers.put(q, answer)));
        answers.keySet().stream()
                .filter(q ->
                        answers.get(q) == null && rules.rule(q.rule()).domain().isPresent())
                .map(this::scope)
                .distinct()
                .forEach(scope -> asking.about(
                        size(scope),
                        size -> judged.put(scope, (long) size.observed().orElse(0))));

        List<Question> again = new ArrayList<>();
        Map<Question, List<Answer>> complete = new LinkedHashMap<>();
        keys.forEach((number, questions) -> {
            askKey(asking, questions, again);
            for (Question q : questions) {
                List<Answer> parts = complete.computeIfAbsent(q, k -> new ArrayList<>());
                rules.rule(number)
                        .completeWithin(Slices.condition(q.slice()))
                        .forEach(part -> asking.about(part, parts::add));
            }
        });
        asking.ask(slices.rows());

        Asking second = new Asking();
        again.forEach(q -> second.about(inSlice(q), answer -> answers.put(q, answer)));
        second.ask(slices.rows());
        complete.forEach((q, parts) -> parts.forEach(part -> answers.compute(q, (k, key) -> key.and(part))));
    }

    /** Of several slices first whether any repeats a key. */
    private void askKey(Asking asking, List<Question> questions, List<Question> again) {
        if (questions.size() == 1) {
            asking.about(inSlice(questions.get(0)), answer -> answers.put(questions.get(0), answer));
            return;
        }
        asking.about(jointly(questions), answer -> {
            if (answer.state() == Outcome.State.PASSED) {
                questions.forEach(q -> answers.put(q, unique(rules.rule(q.rule()))));
            } else {
                again.addAll(questions);
            }
        });
    }

    /** Rules collected to be asked in one pass, each with what becomes of its answer. */
    private static final class Asking {
        private final List<DQRule> asked = new ArrayList<>();
        private final List<Consumer<Answer>> then = new ArrayList<>();

        void about(DQRule rule, Consumer<Answer> answered) {
            asked.add(rule);
            then.add(answered);
        }

        void ask(Dataset<Row> rows) {
            if (asked.isEmpty()) {
                return;
            }
            List<Answer> given = new DeequPass(rows).ask(asked);
            for (int i = 0; i < given.size(); i++) {
                then.get(i).accept(given.get(i));
            }
        }
    }

    private void askAlone(int slice, List<Question> questions) {
        List<Answer> given = new DeequPass(slices.primary(slice))
                .ask(questions.stream().map(q -> rules.rule(q.rule()).dqdl()).toList());
        for (int i = 0; i < questions.size(); i++) {
            answers.put(questions.get(i), given.get(i));
        }
    }

    private DQRule inSlice(Question question) {
        return rules.rule(question.rule()).within(Slices.condition(question.slice()));
    }

    private DQRule jointly(List<Question> questions) {
        int rule = questions.get(0).rule();
        String those = questions.stream().map(q -> Integer.toString(q.slice())).collect(Collectors.joining(", "));
        return rules.rule(rule).keyWithin(Slices.COLUMN, Slices.COLUMN + " in (" + those + ")");
    }

    private String scope(Question question) {
        return ParsedRule.both(rules.rule(question.rule()).domain(), Slices.condition(question.slice()));
    }

    private static DQRule size(String scope) {
        NumberBasedCondition any = new NumberBasedCondition(
                ">= 0", NumberBasedConditionOperator.GREATER_THAN_EQUAL_TO, List.of(new AtomicNumberOperand("0")));
        return ParsedRule.rule("RowCount", Map.of(), any, scope);
    }

    private static Answer unique(ParsedRule rule) {
        String columns = String.join(",", rule.columns());
        String entity = rule.columns().size() > 1 ? "Multicolumn" : "Column";
        return Answer.of(true, "The uniqueness of " + columns, 1)
                .with(new Answer.Figure(entity, columns, "Uniqueness", 1));
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
        if (rule == null || answer.state() == Outcome.State.ERROR) {
            return answer;
        }
        boolean scanned = rule.kind() != ParsedRule.Kind.SQL && rule.kind() != ParsedRule.Kind.ALONE;
        if (scanned && !COUNTS.contains(rule.type()) && judged(question) == 0) {
            return answer.passed();
        }
        return answer.nothing() && answer.observed().isEmpty() && !FailingRows.judges(rule) && judged(question) > 0
                ? Answer.error("every value it measures is missing")
                : answer;
    }
}

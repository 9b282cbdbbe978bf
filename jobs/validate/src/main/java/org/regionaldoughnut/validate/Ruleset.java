package org.regionaldoughnut.validate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.regionaldoughnut.office.QualityRule;
import software.amazon.glue.dqdl.exception.InvalidDataQualityRulesetException;

/** The rules of a contract and of the sources of its batches, numbered, each parsed once. */
final class Ruleset {
    private final List<QualityRule> quality = new ArrayList<>();
    private final List<ParsedRule> parsed = new ArrayList<>();
    private final Map<Integer, String> problems = new HashMap<>();
    private final List<List<Integer>> bySlice = new ArrayList<>();

    private Ruleset() {}

    static Ruleset of(List<QualityRule> contractRules, List<BatchRows> batches) {
        Ruleset rules = new Ruleset();
        Map<String, Integer> contract = rules.number(contractRules);
        Map<String, Map<String, Integer>> bySource = new HashMap<>();
        for (BatchRows batch : batches) {
            Map<String, Integer> source = bySource.computeIfAbsent(batch.source(), s -> rules.number(batch.rules()));
            List<Integer> numbers = new ArrayList<>();
            contract.forEach((text, number) -> numbers.add(source.getOrDefault(text, number)));
            source.values().stream().filter(n -> !numbers.contains(n)).forEach(numbers::add);
            rules.bySlice.add(numbers);
        }
        return rules;
    }

    private Map<String, Integer> number(List<QualityRule> rules) {
        Map<String, Integer> numbers = new java.util.LinkedHashMap<>();
        for (QualityRule rule : rules) {
            numbers.put(rule.rule(), quality.size());
            try {
                parsed.add(ParsedRule.of(rule));
            } catch (InvalidDataQualityRulesetException | RuntimeException e) {
                problems.put(quality.size(), DeequPass.reason(e));
                parsed.add(null);
            }
            quality.add(rule);
        }
        return numbers;
    }

    /** Numbers of the rules of a slice: those of the contract, then those of the source. */
    List<Integer> of(int slice) {
        return bySlice.get(slice);
    }

    QualityRule quality(int number) {
        return quality.get(number);
    }

    /** The parsed rule; null where it does not parse. */
    ParsedRule rule(int number) {
        return parsed.get(number);
    }

    List<ParsedRule> parsed() {
        return parsed;
    }

    /** Why rules do not parse, by number. */
    Map<Integer, String> problems() {
        return problems;
    }

    /** Columns a rule reads. */
    static Set<String> columns(ParsedRule rule) {
        Set<String> columns = rule.type().equals("ColumnExists")
                ? new java.util.LinkedHashSet<>()
                : rule.columns().stream().collect(Collectors.toCollection(java.util.LinkedHashSet::new));
        rule.where().ifPresent(where -> columns.addAll(SqlText.columnsOfCondition(where)));
        if (rule.kind() == ParsedRule.Kind.SQL) {
            columns.addAll(SqlText.columnsOfQuery(ParsedRule.statement(rule.dqdl())));
        }
        return columns;
    }
}

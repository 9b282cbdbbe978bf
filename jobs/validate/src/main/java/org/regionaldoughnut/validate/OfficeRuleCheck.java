package org.regionaldoughnut.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.glue.dqdl.model.condition.number.NumberBasedCondition;

/** What can be wrong with a rule of the types that are the house's own, beside its columns and conditions. */
final class OfficeRuleCheck {
    private OfficeRuleCheck() {}

    static List<String> problems(ParsedRule rule, Codelists codelists) {
        List<String> problems = new ArrayList<>();
        if (!(rule.dqdl().getCondition() instanceof NumberBasedCondition condition)) {
            return List.of("it has no condition on a number, such as <= 0.5");
        }
        if (RowCondition.compare("x", condition).isEmpty()) {
            problems.add("its condition is not made of plain numbers");
        }
        try {
            particular(rule, codelists).ifPresent(problems::add);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        return problems;
    }

    private static Optional<String> particular(ParsedRule rule, Codelists codelists) {
        return switch (rule.type()) {
            case "ReferentialIntegrity" -> {
                if (rule.parameter("PrimaryDatasetColumns").contains(",")) {
                    yield Optional.of("it names several columns; a codelist has codes of one");
                }
                yield CodeReference.parse(rule.parameter("ReferenceDatasetColumns"))
                        .problem(codelists);
            }
            case "Reconciliation", "ReconciliationRatio" -> {
                Hierarchy.of(rule.parameter("Codelist"), codelists);
                yield Optional.empty();
            }
            case "Balance" -> {
                Equation.parse(rule.parameter("Equation"));
                yield Optional.empty();
            }
            case "CodeRatio" -> {
                Equation.quotient(rule.parameter("Quotient"));
                yield Optional.empty();
            }
            case "ExpectedCoverage" -> {
                Figures.periods(rule.parameter("Periods"));
                yield CodeReference.parse(rule.parameter("Reference")).problem(codelists);
            }
            case "ControlTotal" -> number(rule.parameter("Total"));
            case "RelativeChange", "AbsoluteChange", "OnlineNormal" -> {
                Change change = new Change(rule);
                change.analyzer();
                change.strategy();
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private static Optional<String> number(String text) {
        try {
            Double.parseDouble(text);
            return Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.of("'" + text + "' is not a number");
        }
    }
}

package org.regionaldoughnut.office;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.regionaldoughnut.model.Formula;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.Method;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.model.Term;

/** Whether each indicator can be computed as it is defined: formula, terms, units, slots, and no circles among them. */
final class CatalogueCheck {
    /** Columns that harmonise adds to those of every contract. */
    static final Set<String> COMMON = Set.of(
            "source",
            "series",
            "batch",
            "line",
            "cell",
            "region",
            "region_received",
            "region_scheme",
            "year",
            "vintage",
            "superseded",
            "key_hash",
            "value_hash");

    private final Office office;
    private final TermUnits units;
    private final List<Problem> problems;

    CatalogueCheck(Office office, List<Problem> problems) {
        this.office = office;
        this.units = new TermUnits(office);
        this.problems = problems;
    }

    void run() {
        office.catalogue().indicators().values().forEach(this::indicator);
        office.catalogue().indicators().values().forEach(this::circle);
    }

    private void indicator(Indicator indicator) {
        indicator.slots().forEach(slot -> slot(indicator, slot));
        indicator.formula().ifPresent(text -> formula(indicator, text));
        indicator.terms().forEach((name, term) -> term(indicator, name, term));
        kind(indicator);
        rollUp(indicator);
        for (int i = 0; i < indicator.method().breakdowns().size(); i++) {
            breakdown(indicator, indicator.method().breakdowns().get(i), "/breakdowns/" + i + "/terms");
        }
    }

    private void slot(Indicator indicator, Indicator.Slot slot) {
        Map<String, Framework> frameworks = office.catalogue().frameworks();
        Framework framework = frameworks.get(slot.framework());
        String at = "/slots/" + indicator.slots().indexOf(slot);
        if (framework == null) {
            problem(
                    indicator,
                    at,
                    "there is no framework '" + slot.framework() + "'."
                            + NearMiss.hint(slot.framework(), frameworks.keySet()));
        } else if (!framework.has(slot.ring(), slot.dimension())) {
            problem(
                    indicator,
                    at,
                    "the framework " + slot.framework() + " has no dimension '" + slot.dimension() + "' in its ring '"
                            + slot.ring() + "'");
        }
    }

    private void formula(Indicator indicator, String text) {
        Formula formula;
        try {
            formula = Formula.of(text);
        } catch (IllegalArgumentException e) {
            problem(indicator, "/formula", "the formula '" + text + "' is not arithmetic: " + e.getMessage());
            return;
        }
        Set<String> unknown = new TreeSet<>(formula.names());
        unknown.removeAll(indicator.terms().keySet());
        for (String name : unknown) {
            problem(
                    indicator,
                    "/formula",
                    "the formula names '" + name + "', which is not a term."
                            + NearMiss.hint(name, indicator.terms().keySet()));
        }
        formula.unitMismatch(
                        name -> Optional.ofNullable(indicator.terms().get(name)).flatMap(units::of))
                .ifPresent(mismatch -> problem(
                        indicator,
                        "/formula",
                        "the formula mixes units: " + mismatch + ". Bring them to one unit, as in 'mass_kg / 1000'"));
    }

    private void term(Indicator indicator, String name, Term term) {
        String at = "/terms/" + name;
        if (term.indicator().isPresent()) {
            String other = term.indicator().get();
            Set<String> known = office.catalogue().indicators().keySet();
            if (!known.contains(other)) {
                problem(
                        indicator,
                        at + "/indicator",
                        "there is no indicator '" + other + "'." + NearMiss.hint(other, known));
            }
            return;
        }
        Set<String> columns = columns(term.table());
        if (term.aggregate() != Term.Aggregate.SQL
                && term.value().matches("[a-z][a-z0-9_]*")
                && !columns.contains(term.value())) {
            problem(
                    indicator,
                    at + "/value",
                    "the table " + term.table() + " has no column '" + term.value() + "'."
                            + NearMiss.hint(term.value(), columns));
        }
        Set<String> several = units.several(term);
        if (several.size() > 1) {
            problem(
                    indicator,
                    at,
                    "the term adds figures in " + String.join(" and ", several)
                            + ". Take one of them by its condition, or convert them in the sources");
        }
        indicator.over().ifPresent(over -> {
            if (!columns.contains(over)) {
                problem(indicator, "/over", "the table " + term.table() + " has no column '" + over + "'");
            }
        });
    }

    private void kind(Indicator indicator) {
        Indicator.Kind kind = indicator.kind();
        if (!kind.overCodes()) {
            if (indicator.formula().isEmpty()) {
                problem(indicator, "", "it has no formula");
            }
            return;
        }
        boolean symbiosis = kind == Indicator.Kind.SYMBIOSIS_POTENTIAL || kind == Indicator.Kind.SYMBIOSIS_INTENSITY;
        if (symbiosis && (indicator.terms().size() != 2 || !indicator.over().equals(Optional.of("breakdown")))) {
            problem(
                    indicator,
                    "/kind",
                    "the kind " + name(kind)
                            + " needs two terms, waste generated and capacity to take it, over breakdown");
        }
        if (kind == Indicator.Kind.FOOTPRINT) {
            footprint(indicator);
        } else {
            boolean two = symbiosis || kind == Indicator.Kind.GINI || kind == Indicator.Kind.S80_S20;
            if (indicator.over().isEmpty() || indicator.terms().size() > (two ? 2 : 1)) {
                problem(
                        indicator,
                        "/kind",
                        "the kind " + name(kind) + " needs 'over' and " + (two ? "one or two terms" : "one term"));
            }
        }
        boolean summed = indicator.terms().values().stream()
                .allMatch(term -> term.indicator().isEmpty() && term.aggregate() == Term.Aggregate.SUM);
        if (!summed) {
            problem(indicator, "/terms", "the kind " + name(kind) + " is taken over sums of a table");
        }
        if (indicator.rollUp() == Indicator.RollUp.WEIGHTED) {
            problem(indicator, "/roll_up", "the kind " + name(kind) + " is computed again at each level, not averaged");
        }
        if (indicator.method().imputation().method() != Method.Fill.NONE && kind.amongRegions()) {
            problem(indicator, "/imputation", "gaps of the kind " + name(kind) + " cannot be filled");
        }
        if (!indicator.method().breakdowns().isEmpty()) {
            problem(indicator, "/breakdowns", "the kind " + name(kind) + " has no breakdowns");
        }
    }

    private void footprint(Indicator indicator) {
        int terms = indicator.terms().size();
        if (terms < 3 || terms > 4 || !indicator.over().equals(Optional.of("breakdown"))) {
            problem(
                    indicator,
                    "/kind",
                    "the kind footprint needs three or four terms over breakdown: flows between industries, final demand,"
                            + " what industries cause, and what final demand causes itself");
        }
        if (indicator.rollUp() != Indicator.RollUp.NONE) {
            problem(
                    indicator,
                    "/roll_up",
                    "the kind footprint is computed for the regions that the accounts are kept for, not rolled up");
        }
    }

    private void rollUp(Indicator indicator) {
        boolean weighs = indicator
                .weight()
                .map(indicator.terms()::get)
                .filter(term -> term.indicator().isEmpty())
                .isPresent();
        if (indicator.rollUp() == Indicator.RollUp.WEIGHTED && !weighs) {
            problem(
                    indicator,
                    "/weight",
                    "a weighted roll-up needs 'weight', the name of one of its terms over a table");
        }
        boolean published = indicator.terms().values().stream()
                .anyMatch(term -> term.indicator().isEmpty() && term.aggregate() != Term.Aggregate.SUM);
        if (indicator.rollUp() == Indicator.RollUp.SUM && published) {
            problem(
                    indicator,
                    "/roll_up",
                    "published rates and means cannot be rolled up by sum; declare a weight or none");
        }
    }

    private void breakdown(Indicator indicator, Method.Breakdown breakdown, String at) {
        breakdown.terms().forEach((name, part) -> {
            Term term = indicator.terms().get(name);
            if (term == null) {
                problem(
                        indicator,
                        at + "/" + name,
                        "'" + name + "' is not a term."
                                + NearMiss.hint(name, indicator.terms().keySet()));
            } else if (term.indicator().isPresent()) {
                problem(indicator, at + "/" + name, "a term that is an indicator cannot be broken down");
            } else if (!columns(term.table()).contains(part.by())) {
                problem(
                        indicator,
                        at + "/" + name + "/by",
                        "the table " + term.table() + " has no column '" + part.by() + "'");
            }
        });
    }

    /** Told once for each circle, at the indicator whose id comes first. */
    private void circle(Indicator start) {
        List<String> path = new ArrayList<>(List.of(start.id()));
        if (leadsBack(start, start.id(), path, new TreeSet<>())
                && path.stream().allMatch(id -> id.compareTo(start.id()) >= 0)) {
            problem(start, "/terms", "the indicators need each other in a circle: " + String.join(" -> ", path));
        }
    }

    private boolean leadsBack(Indicator from, String to, List<String> path, Set<String> seen) {
        for (Term term : from.terms().values()) {
            String next = term.indicator().orElse("");
            if (next.equals(to)) {
                path.add(to);
                return true;
            }
            Indicator indicator = office.catalogue().indicators().get(next);
            if (indicator != null && seen.add(next)) {
                path.add(next);
                if (leadsBack(indicator, to, path, seen)) {
                    return true;
                }
                path.remove(path.size() - 1);
            }
        }
        return false;
    }

    private Set<String> columns(String table) {
        Set<String> columns = new TreeSet<>(COMMON);
        Optional.ofNullable(office.contracts().get(table))
                .ifPresent(contract -> columns.addAll(contract.columnNames()));
        return columns;
    }

    private static String name(Indicator.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void problem(Indicator indicator, String below, String message) {
        office.catalogue()
                .origins()
                .problem(indicator.id(), below, "indicator '" + indicator.id() + "': " + message)
                .ifPresent(problems::add);
    }
}

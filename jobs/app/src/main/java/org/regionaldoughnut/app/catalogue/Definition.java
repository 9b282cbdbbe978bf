package org.regionaldoughnut.app.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.Method;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.Term;
import org.regionaldoughnut.office.Catalogue;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Source;

/** How an indicator is defined: a tree of names and texts, lists and further trees, in the order of reading. */
public final class Definition {
    private final Office office;
    private final Feeding feeding;

    public Definition(Office office) {
        this.office = office;
        this.feeding = new Feeding(office);
    }

    public Map<String, Object> of(Indicator indicator) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", indicator.id());
        tree.put("title", indicator.title());
        tree.put("description", indicator.description());
        tree.put("unit", indicator.unit());
        tree.put("universe", indicator.universe());
        tree.put("formula_text", indicator.formulaText());
        tree.put("kind", Texts.word(indicator.kind()));
        put(tree, "formula", indicator.formula());
        put(tree, "over", indicator.over());
        method(indicator, tree);
        tree.put("terms", terms(indicator));
        tree.put("roll_up", Texts.word(indicator.rollUp()));
        put(tree, "weight", indicator.weight());
        breakdownsAndGaps(indicator.method(), tree);
        tree.put("lens", indicator.lens());
        tree.put("direction", Texts.word(indicator.direction()));
        tree.put("level", indicator.level());
        tree.put("form", Texts.word(indicator.form()));
        put(tree, "perspective", indicator.perspective());
        put(tree, "proxy", indicator.proxy());
        put(
                tree,
                "status",
                indicator
                        .status()
                        .map(ObsStatus::name)
                        .map(s ->
                                s + indicator.statusReason().map(r -> ": " + r).orElse("")));
        tree.put("slots", indicator.slots().stream().map(Texts::slot).toList());
        tree.put("boundaries", boundaries(indicator.id()));
        tree.put("references", indicator.references());
        return tree;
    }

    /** What the kind takes beside its terms, under the names that a definition has for it. */
    private static void method(Indicator indicator, Map<String, Object> tree) {
        Method method = indicator.method();
        put(tree, "among", method.among());
        put(tree, "code", method.code());
        put(tree, "groups", method.groups().map(Definition::groups));
        put(tree, "base_year", method.baseYear());
        switch (indicator.kind()) {
            case ECONOMIC_COMPLEXITY, PRODUCT_COMPLEXITY, PROXIMITY, DENSITY ->
                tree.put("specialised_at", method.specialisedAt());
            case GROWTH, DIFFERENCE -> tree.put("lag", method.lag());
            case SYMBIOSIS_POTENTIAL, SYMBIOSIS_INTENSITY ->
                tree.put("exchanges", method.exchanges().size());
            case FOOTPRINT -> tree.put("account", Texts.word(method.account()));
            default -> {
                // the other kinds take nothing else
            }
        }
        if (indicator.nearestPeriod()) {
            tree.put("period_match", "nearest");
        }
        put(tree, "reference_year", indicator.referenceYear());
    }

    private static String groups(Method.Grouping groups) {
        return groups instanceof Method.ByPrefix prefix
                ? "the first " + prefix.length() + " characters"
                : "as listed for " + ((Method.ByCodelist) groups).groups().size() + " codes";
    }

    private static void breakdownsAndGaps(Method method, Map<String, Object> tree) {
        if (!method.breakdowns().isEmpty()) {
            tree.put(
                    "breakdowns",
                    method.breakdowns().stream()
                            .map(Method.Breakdown::dimension)
                            .toList());
        }
        Method.Imputation imputation = method.imputation();
        if (imputation.method() != Method.Fill.NONE) {
            tree.put(
                    "imputation",
                    Texts.word(imputation.method()) + ", gaps of at most " + imputation.maxYears() + " years");
        }
    }

    private List<Map<String, Object>> terms(Indicator indicator) {
        List<Map<String, Object>> terms = new ArrayList<>();
        indicator.terms().forEach((name, term) -> terms.add(term(name, term)));
        return terms;
    }

    private Map<String, Object> term(String name, Term term) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("term", name);
        if (term.indicator().isPresent()) {
            tree.put("indicator", term.indicator().get());
            return tree;
        }
        tree.put("table", "harmonised." + term.table());
        tree.put("series", term.series());
        put(tree, "where", term.where());
        tree.put("aggregate", Texts.word(term.aggregate()));
        if (!term.value().equals("value")) {
            tree.put("value", term.value());
        }
        Optional<Source> source = feeding.of(term);
        tree.put("source", source.map(Source::id).orElse("none in the office " + office.id()));
        source.ifPresent(s -> {
            tree.put("title", s.title());
            tree.put("publisher", s.publisher());
            tree.put("licence", s.licence());
        });
        return tree;
    }

    private List<Map<String, Object>> boundaries(String indicator) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (Catalogue.BoundarySet set : office.catalogue().boundarySets().values()) {
            set.boundary(indicator).ifPresent(b -> {
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("set", set.id());
                tree.put("ceiling", b.value());
                tree.put("baseline", b.baseline());
                tree.put("unit", b.unit());
                b.year().ifPresent(year -> tree.put("year", year));
                tree.put("kind", b.kind());
                tree.put("scope", b.scope());
                put(tree, "perspective", b.perspective());
                put(tree, "sharing", b.sharing());
                tree.put("source", b.source());
                found.add(tree);
            });
            set.floor(indicator).ifPresent(f -> {
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("set", set.id());
                tree.put("floor", f.value());
                f.worst().ifPresent(worst -> tree.put("worst", worst));
                tree.put("unit", f.unit());
                put(tree, "span", f.span());
                tree.put("source", f.source());
                found.add(tree);
            });
        }
        return found;
    }

    private static void put(Map<String, Object> tree, String name, Optional<?> value) {
        value.ifPresent(v -> tree.put(name, v));
    }
}

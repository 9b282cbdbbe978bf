package org.regionaldoughnut.indicators;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.model.Direction;
import org.regionaldoughnut.model.Form;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.Method;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.Term;

/** An indicator in the making: the least a definition needs, and what a test adds to it. */
final class Definition {
    private final String id;
    private final Form form;
    private final Map<String, Term> terms = new LinkedHashMap<>();
    private final List<Indicator.Slot> slots = new ArrayList<>();
    private Direction direction = Direction.LOWER;
    private Optional<String> perspective = Optional.empty();
    private Optional<String> proxy = Optional.empty();
    private Indicator.Kind kind = Indicator.Kind.FORMULA;
    private Optional<String> formula = Optional.empty();
    private Indicator.RollUp rollUp = Indicator.RollUp.SUM;
    private Optional<String> weight = Optional.empty();
    private Optional<ObsStatus> status = Optional.empty();
    private boolean nearestPeriod;
    private Method method = Method.PLAIN;
    private Optional<String> over = Optional.empty();

    private Definition(String id, Form form) {
        this.id = id;
        this.form = form;
    }

    static Definition of(String id, Form form) {
        return new Definition(id, form);
    }

    Definition sum(String name) {
        return term(name, Term.Aggregate.SUM);
    }

    Definition published(String name) {
        return term(name, Term.Aggregate.VALUE);
    }

    private Definition term(String name, Term.Aggregate aggregate) {
        terms.put(
                name,
                new Term(
                        "census",
                        List.of(name),
                        Optional.empty(),
                        aggregate,
                        "value",
                        Optional.empty(),
                        Optional.empty()));
        return this;
    }

    Definition formula(String text) {
        formula = Optional.of(text);
        return this;
    }

    Definition kind(Indicator.Kind kind) {
        this.kind = kind;
        return this;
    }

    Definition over(String column) {
        over = Optional.of(column);
        return this;
    }

    Definition method(Method method) {
        this.method = method;
        return this;
    }

    Definition indicator(String name, String id) {
        terms.put(name, Term.of(id, Optional.empty()));
        return this;
    }

    Definition weightedBy(String term) {
        rollUp = Indicator.RollUp.WEIGHTED;
        weight = Optional.of(term);
        return this;
    }

    Definition notRolledUp() {
        rollUp = Indicator.RollUp.NONE;
        return this;
    }

    Definition nearestPeriod() {
        nearestPeriod = true;
        return this;
    }

    Definition atLeast(ObsStatus status) {
        this.status = Optional.of(status);
        return this;
    }

    Definition direction(Direction direction) {
        this.direction = direction;
        return this;
    }

    Definition perspective(String perspective) {
        this.perspective = Optional.of(perspective);
        return this;
    }

    Definition proxy(String sentence) {
        proxy = Optional.of(sentence);
        return this;
    }

    Definition social(String dimension) {
        return slot(Framework.SOCIAL, dimension, true);
    }

    Definition ecological(String dimension) {
        return slot(Framework.ECOLOGICAL, dimension, true);
    }

    Definition besides(String dimension) {
        return slot(Framework.SOCIAL, dimension, false);
    }

    private Definition slot(String ring, String dimension, boolean headline) {
        slots.add(new Indicator.Slot("doughnut", ring, dimension, headline));
        return this;
    }

    Indicator indicator() {
        return new Indicator(
                id,
                "Title of " + id,
                "What it says.",
                "%",
                "as it is",
                "local-social",
                direction,
                "macro",
                form,
                "people",
                perspective,
                proxy,
                kind,
                terms,
                formula,
                over,
                rollUp,
                weight,
                nearestPeriod,
                Optional.empty(),
                slots,
                List.of(),
                status,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                method);
    }
}

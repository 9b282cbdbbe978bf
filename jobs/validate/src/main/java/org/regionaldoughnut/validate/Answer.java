package org.regionaldoughnut.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What Deequ answered to one rule.
 *
 * @param nothing no row, or no value, to measure it on
 * @param measured name of the observed figure
 * @param problem why it could not be evaluated; empty unless the state is an error
 */
record Answer(
        Outcome.State state,
        boolean nothing,
        OptionalDouble observed,
        String measured,
        String problem,
        List<Figure> figures) {

    /** A metric by Deequ's names; the instance of a compliance is empty. */
    record Figure(String entity, String instance, String name, double value) {}

    static Answer error(String problem) {
        return new Answer(Outcome.State.ERROR, false, OptionalDouble.empty(), "", problem, List.of());
    }

    static Answer of(boolean passed, String measured, double observed) {
        return new Answer(
                passed ? Outcome.State.PASSED : Outcome.State.FAILED,
                false,
                OptionalDouble.of(observed),
                measured,
                "",
                List.of());
    }

    Answer with(Figure figure) {
        return new Answer(state, nothing, observed, measured, problem, List.of(figure));
    }

    /** This and another answer to one rule: the worse decides. */
    Answer and(Answer other) {
        List<Figure> both = new ArrayList<>(figures);
        both.addAll(other.figures);
        Answer worse = other.state.compareTo(state) > 0 ? other : this;
        return new Answer(worse.state, nothing, worse.observed, worse.measured, worse.problem, both);
    }

    /** Passed, since there was nothing to judge. */
    Answer passed() {
        return new Answer(Outcome.State.PASSED, true, OptionalDouble.empty(), measured, "", figures);
    }
}

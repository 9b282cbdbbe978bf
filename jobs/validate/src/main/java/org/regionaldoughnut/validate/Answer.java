package org.regionaldoughnut.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What one rule was answered about one batch.
 *
 * @param nothing no row, or no value, to measure it on
 * @param measured name of the observed figure
 * @param problem why it could not be evaluated; empty unless the state is an error
 * @param note a sentence that says more; empty where there is none
 */
record Answer(
        Outcome.State state,
        boolean nothing,
        OptionalDouble observed,
        String measured,
        String problem,
        String note,
        List<Figure> figures) {

    /** A metric by Deequ's names; the instance of a compliance is empty. */
    record Figure(String entity, String instance, String name, double value) {}

    static Answer error(String problem) {
        return new Answer(Outcome.State.ERROR, false, OptionalDouble.empty(), "", problem, "", List.of());
    }

    static Answer of(boolean passed, String measured, double observed) {
        return new Answer(
                passed ? Outcome.State.PASSED : Outcome.State.FAILED,
                false,
                OptionalDouble.of(observed),
                measured,
                "",
                "",
                List.of());
    }

    /** Passed, since there was nothing to measure. */
    static Answer nothing(String note) {
        return new Answer(Outcome.State.PASSED, true, OptionalDouble.empty(), "", "", note, List.of());
    }

    Answer with(Figure figure) {
        return new Answer(state, nothing, observed, measured, problem, note, List.of(figure));
    }

    Answer noting(String words) {
        return new Answer(state, nothing, observed, measured, problem, words, figures);
    }

    /** This and another answer to one rule: the worse decides. */
    Answer and(Answer other) {
        List<Figure> both = new ArrayList<>(figures);
        both.addAll(other.figures);
        Answer worse = other.state.compareTo(state) > 0 ? other : this;
        return new Answer(worse.state, nothing, worse.observed, worse.measured, worse.problem, worse.note, both);
    }

    /** Passed, since there was nothing to judge. */
    Answer passed() {
        return new Answer(Outcome.State.PASSED, true, OptionalDouble.empty(), measured, "", note, figures);
    }
}

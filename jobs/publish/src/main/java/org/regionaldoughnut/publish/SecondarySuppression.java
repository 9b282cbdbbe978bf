package org.regionaldoughnut.publish;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses further cells to suppress until no suppressed cell can be computed: unsafe cells must stay open by their
 * protection to either side, the further ones must not be exactly computable. The cheapest cell near an exposed one is
 * taken first (a hypercube-like heuristic; Hundepool and others, Statistical Disclosure Control, Wiley 2012, chapter 4),
 * and the linear program has the last word.
 */
final class SecondarySuppression {
    private static final double SOME = 1e-6;

    private final CellSystem system;
    private final double protection;
    private final BitSet unsafe;
    private final BitSet unknown;
    private final BitSet fixed;

    /**
     * @param protection share of an unsafe figure that must stay open to either side
     * @param unsafe cells suppressed by a rule
     * @param unknown cells suppressed at the source, whose figure we do not have
     * @param fixed cells everyone knows already: suppressing them hides nothing
     */
    SecondarySuppression(CellSystem system, double protection, BitSet unsafe, BitSet unknown, BitSet fixed) {
        this.system = system;
        this.protection = protection;
        this.unsafe = unsafe;
        this.unknown = unknown;
        this.fixed = fixed;
    }

    /** @param open cells that cannot be protected: what is known already gives them away */
    record Pattern(BitSet suppressed, BitSet open) {}

    Pattern choose() {
        BitSet suppressed = new BitSet();
        suppressed.or(unsafe);
        suppressed.or(unknown);
        BitSet hidden = hidden(suppressed);
        BitSet open = new BitSet();
        Optional<Integer> exposed = exposed(hidden, open);
        while (exposed.isPresent()) {
            Optional<Integer> further = further(exposed.get(), hidden);
            if (further.isPresent()) {
                suppressed.set(further.get());
                hidden.set(further.get());
            } else {
                open.set(exposed.get());
            }
            exposed = exposed(hidden, open);
        }
        return new Pattern(suppressed, open);
    }

    /** Suppressed in earnest: not what is known anyway. */
    private BitSet hidden(BitSet suppressed) {
        BitSet hidden = (BitSet) suppressed.clone();
        hidden.andNot(fixed);
        return hidden;
    }

    private Optional<Integer> exposed(BitSet hidden, BitSet open) {
        for (int cell = hidden.nextSetBit(0); cell >= 0; cell = hidden.nextSetBit(cell + 1)) {
            if (!open.get(cell) && !isSafe(cell, system.audit(cell, hidden))) {
                return Optional.of(cell);
            }
        }
        return Optional.empty();
    }

    private boolean isSafe(int cell, Interval known) {
        double figure = system.value(cell);
        double some = SOME * Math.max(1, Math.abs(figure));
        if (unsafe.get(cell)) {
            return known.leavesOpen(figure, Math.max(some, protection * Math.abs(figure)), system.floor());
        }
        return known.width() > some;
    }

    /** Near, then large enough to hide the cell, then small: little is lost. Totals go last. */
    private Optional<Integer> further(int exposed, BitSet hidden) {
        List<Integer> around = system.around(exposed, hidden);
        double needed = protection * Math.abs(system.value(exposed));
        return around.stream()
                .filter(cell -> !hidden.get(cell) && !fixed.get(cell))
                .min(Comparator.<Integer, Integer>comparing(cell -> system.sumsOf(exposed).stream()
                                        .anyMatch(sum -> sum.cells().anyMatch(c -> c == cell))
                                ? 0
                                : 1)
                        .thenComparing(cell -> isTotal(cell) ? 1 : 0)
                        .thenComparing(
                                cell -> Math.abs(system.value(cell)) >= needed && system.value(cell) != 0 ? 0 : 1)
                        .thenComparing(cell -> Math.abs(system.value(cell)))
                        .thenComparing(cell -> cell));
    }

    private boolean isTotal(int cell) {
        return system.sumsOf(cell).stream().anyMatch(sum -> sum.total() == cell);
    }
}

package org.regionaldoughnut.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The definition of an indicator.
 *
 * @param terms named aggregates over harmonised tables, in their order
 * @param formula arithmetic over the terms; absent for the kinds that have their own
 * @param over the column whose shares a diversity or concentration measure is taken over
 * @param nearestPeriod whether further terms take the year nearest to the first term's instead of the equal period
 * @param status a status every value has at least
 */
public record Indicator(
        String id,
        String title,
        String description,
        String unit,
        String formulaText,
        String lens,
        Direction direction,
        String level,
        Form form,
        String universe,
        Optional<String> perspective,
        Optional<String> proxy,
        Kind kind,
        Map<String, Term> terms,
        Optional<String> formula,
        Optional<String> over,
        RollUp rollUp,
        Optional<String> weight,
        boolean nearestPeriod,
        Optional<Integer> referenceYear,
        List<Slot> slots,
        List<String> references,
        Optional<ObsStatus> status,
        Optional<String> statusReason,
        Optional<Double> min,
        Optional<Double> max) {
    public Indicator {
        Objects.requireNonNull(id);
        slots = List.copyOf(slots);
        references = List.copyOf(references);
    }

    /** Its place in a framework. */
    public record Slot(String framework, String ring, String dimension, boolean headline) {}

    /** How the value is computed from the terms. */
    public enum Kind {
        FORMULA,
        /** Shannon entropy in bits. */
        ENTROPY,
        /** Herfindahl index, 0 to 1. */
        HERFINDAHL
    }

    /** How a higher region gets its value from lower ones. */
    public enum RollUp {
        SUM,
        WEIGHTED,
        NONE
    }

    public Optional<Slot> slotIn(String framework) {
        return slots.stream().filter(slot -> slot.framework().equals(framework)).findFirst();
    }
}

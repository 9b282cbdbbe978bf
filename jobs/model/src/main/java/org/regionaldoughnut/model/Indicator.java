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
 * @param method what a kind needs beyond terms and formula
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
        Optional<Double> max,
        Method method) {
    public Indicator {
        Objects.requireNonNull(id);
        Objects.requireNonNull(method);
        slots = List.copyOf(slots);
        references = List.copyOf(references);
    }

    /** Its place in a framework. */
    public record Slot(String framework, String ring, String dimension, boolean headline) {}

    /** How the value is computed from the terms. */
    public enum Kind {
        /** Arithmetic over the terms. */
        FORMULA,
        /** Percent by which the formula's value differs from that of so many years ago. */
        GROWTH,
        /** The formula's value minus that of so many years ago. */
        DIFFERENCE,
        /** The formula's value in percent of that of a base year. */
        INDEX,
        /** The formula's value over that of all regions compared, taken together. */
        RELATIVE,
        /** Shannon entropy in bits. */
        ENTROPY,
        /** Herfindahl index, 0 to 1. */
        HERFINDAHL,
        /** Krugman index of specialisation, 0 to 2. */
        KRUGMAN,
        /** Share in the region over the share in all regions. */
        LOCATION_QUOTIENT,
        /** Entropy between groups of codes. */
        UNRELATED_VARIETY,
        /** Entropy within groups of codes, weighted by the groups' shares. */
        RELATED_VARIETY,
        /** Economic complexity index of regions. */
        ECONOMIC_COMPLEXITY,
        /** Complexity index of products. */
        PRODUCT_COMPLEXITY,
        /** How often two products are made in the same regions. */
        PROXIMITY,
        /** How near a region's products are to a product. */
        DENSITY,
        /** Gini coefficient, 0 to 1. */
        GINI,
        /** What the richest fifth has over what the poorest fifth has. */
        S80_S20,
        /** Waste that documented exchanges could carry, in tonnes. */
        SYMBIOSIS_POTENTIAL,
        /** That potential in percent of the waste generated. */
        SYMBIOSIS_INTENSITY,
        /** What a region causes by input-output accounts of all regions, extended to nature. */
        FOOTPRINT;

        /** Whether the value is taken over the codes of a term, not computed by a formula. */
        public boolean overCodes() {
            return ordinal() >= ENTROPY.ordinal();
        }

        /** Whether a region's value depends on other regions. */
        public boolean amongRegions() {
            return switch (this) {
                case RELATIVE,
                        KRUGMAN,
                        LOCATION_QUOTIENT,
                        ECONOMIC_COMPLEXITY,
                        PRODUCT_COMPLEXITY,
                        PROXIMITY,
                        DENSITY,
                        SYMBIOSIS_POTENTIAL,
                        FOOTPRINT -> true;
                default -> false;
            };
        }

        /** Whether a period's value depends on other periods. */
        public boolean acrossPeriods() {
            return this == GROWTH || this == DIFFERENCE || this == INDEX;
        }
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

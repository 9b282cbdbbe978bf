package org.regionaldoughnut.model;

import java.util.List;
import java.util.Objects;

/**
 * A documented exchange: waste of a category that a branch generates and another takes as an input.
 *
 * @param waste category of waste, EWC-Stat ({@code W124})
 * @param from branch that generates it, NACE division ({@code D35})
 * @param to branch that takes it
 * @param description what becomes of what
 * @param place where it was documented
 * @param source publication
 */
public record Exchange(String waste, String from, String to, String description, String place, String source) {
    public Exchange {
        for (String part : List.of(waste, from, to, description, place, source)) {
            if (Objects.requireNonNull(part).isBlank()) {
                throw new IllegalArgumentException("an exchange of '" + waste + "' from '" + from + "' to '" + to
                        + "' lacks a part; each needs waste, branches, description, place and source");
            }
        }
        if (from.equals(to)) {
            throw new IllegalArgumentException("an exchange of '" + waste + "' goes from " + from + " to itself");
        }
    }
}

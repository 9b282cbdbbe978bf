package org.regionaldoughnut.app.source;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which of the columns that are left break figures down, and which are labels. */
final class BreakdownColumns {
    private static final int FEW = 60;

    private BreakdownColumns() {}

    static void propose(Draft draft, String region) {
        Map<String, String> dimensions = new TreeMap<>();
        for (String name : draft.left()) {
            boolean isUnit = draft.roles().is(name, "unit");
            Set<String> values = draft.sample().values(name);
            if (draft.roles().role(name).isPresent() && !isUnit || values.size() <= (isUnit ? 1 : 0)) {
                continue;
            }
            look(draft, name, values, region, dimensions);
        }
        draft.proposal()
                .column(
                        "breakdown",
                        dimensions.isEmpty()
                                ? "{constant: \"_T\"}"
                                : dimensions.entrySet().stream()
                                        .map(e -> e.getKey() + ": " + Proposal.text(e.getValue()))
                                        .collect(Collectors.joining(", ", "{dimensions: {", "}}")));
    }

    private static void look(
            Draft draft, String name, Set<String> values, String region, Map<String, String> dimensions) {
        Proposal proposal = draft.proposal();
        if (values.size() == 1 && !draft.sample().hasGaps(name)) {
            proposal.reason("'" + name + "' is always '" + values.iterator().next() + "': left out");
            return;
        }
        Optional<String> code = code(draft, name, region, dimensions);
        if (code.isPresent()) {
            proposal.reason("'" + name + "' follows from '" + code.get() + "': a label, left out");
        } else if (values.size() > FEW && draft.sample().isOftenEmpty(name)) {
            proposal.where("`" + name + "` is null");
            proposal.reason("'" + name + "' has " + values.size()
                    + " values or more and is often empty: lines that name one are parts of a region, left out");
        } else if (values.size() > FEW) {
            proposal.reason("'" + name + "' has " + values.size() + " values or more: taken for a label, left out");
        } else {
            dimensions.put(dimension(name), name);
            proposal.reason("'" + name + "' has " + values.size() + " values: a dimension of the breakdown");
        }
    }

    private static String dimension(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_").replaceAll("^[^A-Z]+|_$", "");
    }

    /** The column of which this one is the label. */
    private static Optional<String> code(Draft draft, String name, String region, Map<String, String> dimensions) {
        List<String> names = draft.sample().names();
        return names.stream()
                .filter(other -> !other.equals(name))
                .filter(other -> names.indexOf(other) < names.indexOf(name) || other.equals(region))
                .filter(other -> other.equals(region)
                        || dimensions.containsValue(other)
                        || draft.roles().is(other, "status"))
                .filter(other -> draft.sample().follows(other, name))
                .findFirst();
    }
}

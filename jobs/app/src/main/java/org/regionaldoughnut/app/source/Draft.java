package org.regionaldoughnut.app.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A proposal in the making: the sample, what its columns hold, which of them no one has looked at yet. */
record Draft(ReceivedSample sample, Roles roles, References references, Proposal proposal, List<String> left) {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]+)?");

    static boolean isNumber(String text) {
        return NUMBER.matcher(text.strip()).matches();
    }

    /** Words among numbers are taken for missing figures, where they are few. */
    void missingWords(List<String> columns) {
        List<String> words = new ArrayList<>();
        for (String column : columns) {
            sample.values(column).stream()
                    .filter(value -> !isNumber(value) && !words.contains(value))
                    .forEach(words::add);
        }
        if (!words.isEmpty() && words.size() <= 8) {
            proposal.missing(Set.copyOf(words));
            proposal.reason("no numbers among the values, taken for missing: " + String.join(", ", words));
        }
    }
}

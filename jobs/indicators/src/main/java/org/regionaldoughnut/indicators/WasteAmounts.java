package org.regionaldoughnut.indicators;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.regionaldoughnut.indicators.symbiosis.Amount;
import org.regionaldoughnut.lake.ExactSum;

/** Amounts of waste by category and branch from a measure whose codes are breakdowns, {@code NACE_R2=C17;WASTE=W072}. */
final class WasteAmounts {
    private static final String BRANCH = "NACE_R2=";
    private static final String WASTE = "WASTE=";

    private WasteAmounts() {}

    /** Codes that lack branch or category, as a total does, and figures below 0 are no amounts. */
    static List<Amount> of(String region, Measure measure) {
        List<Amount> amounts = new ArrayList<>();
        for (Map.Entry<String, ExactSum> part : new TreeMap<>(measure.parts()).entrySet()) {
            String branch = "";
            String waste = "";
            for (String dimension : part.getKey().split(";")) {
                if (dimension.startsWith(BRANCH)) {
                    branch = dimension.substring(BRANCH.length());
                } else if (dimension.startsWith(WASTE)) {
                    waste = dimension.substring(WASTE.length());
                }
            }
            if (!branch.isEmpty() && !waste.isEmpty() && part.getValue().rounded() > 0) {
                amounts.add(new Amount(region, waste, branch, part.getValue().rounded()));
            }
        }
        return amounts;
    }
}

package org.regionaldoughnut.indicators;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.ObsStatus;

/** Growth, difference and index: a figure against an earlier one of the same region, breakdown and kind of period. */
final class AcrossPeriods {
    private final Indicator indicator;

    AcrossPeriods(Indicator indicator) {
        this.indicator = indicator;
    }

    /** @param estimates values of the indicator's formula */
    List<Estimate> estimate(List<Estimate> estimates) {
        Map<String, Estimate> byKey = new HashMap<>();
        estimates.forEach(estimate -> byKey.put(key(estimate, estimate.period()), estimate));
        List<Estimate> compared = new ArrayList<>();
        for (Estimate now : estimates) {
            String period = earlier(now.period());
            compared.add(
                    now.value().isEmpty()
                            ? now
                            : compared(now, period, Optional.ofNullable(byKey.get(key(now, period)))));
        }
        return compared;
    }

    private static String key(Estimate estimate, String period) {
        return estimate.breakdown() + "/" + estimate.region() + "/" + period;
    }

    private String earlier(String period) {
        int year = indicator.kind() == Indicator.Kind.INDEX
                ? indicator.method().baseYear().orElseThrow()
                : Estimate.year(period) - indicator.method().lag();
        return String.format(Locale.ROOT, "%04d", year) + period.substring(4);
    }

    private Estimate compared(Estimate now, String period, Optional<Estimate> before) {
        Optional<Double> base = before.flatMap(Estimate::value);
        if (base.isEmpty()) {
            return now.derived(
                    Optional.empty(),
                    ObsStatus.O,
                    Optional.of("there is no figure for " + period + " to compare with"),
                    now.vintage());
        }
        double value =
                switch (indicator.kind()) {
                    case GROWTH -> (now.value().get() / base.get() - 1) * 100;
                    case INDEX -> now.value().get() / base.get() * 100;
                    default -> now.value().get() - base.get();
                };
        boolean finite = Double.isFinite(value);
        Estimate earlier = before.get();
        Estimate result = now.derived(
                finite ? Optional.of(value) : Optional.empty(),
                now.status().and(earlier.status()),
                finite ? Optional.empty() : Optional.of("the figure for " + period + " is " + base.get()),
                now.vintage().isAfter(earlier.vintage()) ? now.vintage() : earlier.vintage());
        return result.limitedTo(earlier.coverage(), earlier.origin().equals(Estimate.ROLLED_UP));
    }
}

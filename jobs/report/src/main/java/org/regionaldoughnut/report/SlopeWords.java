package org.regionaldoughnut.report;

import java.util.OptionalDouble;
import org.regionaldoughnut.report.Slopes.Slope;

/** What is said of a slope. */
record SlopeWords(Texts texts) {
    /** Two-sided 95 % of the normal distribution: the standard error is an asymptotic one. */
    private static final double NORMAL = 1.96;

    /** Below this change a year, in percentage points, a series stands still. */
    private static final double STILL = 0.005;

    /** Which way, how fast, how sure and whether that is enough; empty where the years are too few. */
    String sentence(Slope slope) {
        if (slope.slope().isEmpty()) {
            return "";
        }
        return (change(slope) + " " + interval(slope) + " " + target(slope))
                .strip()
                .replaceAll(" +", " ");
    }

    private String change(Slope slope) {
        double change = slope.slope().getAsDouble();
        String way = Math.abs(change) < STILL ? "still" : change < 0 ? "down" : "up";
        return texts.get(
                "slope." + Trends.kind(slope.ring()) + "." + way,
                String.valueOf(slope.firstYear()),
                String.valueOf(slope.lastYear()),
                texts.number(Math.abs(change)));
    }

    private String interval(Slope slope) {
        if (slope.error().isEmpty()) {
            return texts.get("slope.no-interval", slope.years());
        }
        return texts.get("slope.interval", between(slope)) + (isUnsure(slope) ? " " + texts.get("slope.unsure") : "");
    }

    /** The interval of the change in the words of a table. */
    String between(Slope slope) {
        double change = slope.slope().orElse(0);
        double reach = NORMAL * slope.error().orElse(0);
        return texts.get("slope.between", signed(change - reach), signed(change + reach));
    }

    private static boolean isUnsure(Slope slope) {
        double reach = NORMAL * slope.error().orElse(0);
        return reach > 0 && Math.abs(slope.slope().orElse(0)) <= reach;
    }

    /** Whether the change is fast enough for the target year. */
    String target(Slope slope) {
        if (slope.distance() <= 0) {
            return texts.get("slope.met");
        }
        if (slope.targetYear().isEmpty() || slope.onTrack().isEmpty()) {
            return "";
        }
        String year = String.valueOf(slope.targetYear().getAsInt());
        if (slope.onTrack().get()) {
            return texts.get("slope.on-track", year);
        }
        boolean away = slope.slope().orElse(0) >= STILL && !isUnsure(slope);
        return texts.get(away ? "slope.away" : "slope.off-track", year, needed(slope.needed()));
    }

    private String needed(OptionalDouble rate) {
        return texts.number(Math.abs(rate.orElse(0)));
    }

    String signed(double change) {
        String number = texts.number(Math.abs(change));
        boolean zero = number.equals(texts.number(0));
        return zero ? number : (change < 0 ? "−" : "+") + number;
    }
}

package org.regionaldoughnut.schedule.model;

import java.util.List;
import java.util.Locale;

/**
 * When runs are due.
 *
 * @param kind how it is said
 * @param expression the cron string or the preset; empty for the other kinds
 * @param dataInterval a run stands for the time since the one before it, and is due at its end
 * @param assets names of the assets that must all have a new event; empty for the other kinds
 */
public record Schedule(Kind kind, String expression, boolean dataInterval, List<String> assets) {

    /** How a schedule is said. */
    public enum Kind {
        /** Started by hand only. */
        NONE,
        CRON,
        /** One run, at the start date. */
        ONCE,
        /** A new run whenever the last one has ended. */
        CONTINUOUS,
        ASSETS
    }

    public Schedule {
        assets = List.copyOf(assets);
    }

    public static Schedule none() {
        return new Schedule(Kind.NONE, "", false, List.of());
    }

    public static Schedule cron(String expression, boolean dataInterval) {
        return new Schedule(Kind.CRON, expression, dataInterval, List.of());
    }

    public static Schedule once() {
        return new Schedule(Kind.ONCE, "@once", false, List.of());
    }

    public static Schedule continuous() {
        return new Schedule(Kind.CONTINUOUS, "@continuous", false, List.of());
    }

    public static Schedule onAssets(List<String> assets) {
        return new Schedule(Kind.ASSETS, "", false, assets);
    }

    /** Airflow's {@code timetable_summary}. */
    public String summary() {
        return switch (kind) {
            case NONE -> "None";
            case ASSETS -> "Asset";
            default -> expression;
        };
    }

    /** In a sentence. */
    public String description() {
        return switch (kind) {
            case NONE -> "Never, external triggers only";
            case ASSETS -> "Triggered by assets " + String.join(", ", assets);
            case ONCE -> "Once, as soon as possible";
            case CONTINUOUS -> "As frequently as possible, but only one run at a time";
            case CRON ->
                String.format(
                        Locale.ROOT,
                        dataInterval
                                ? "At the end of each interval of the cron expression %s"
                                : "By the cron expression %s",
                        expression);
        };
    }
}

package org.regionaldoughnut.schedule.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a task does.
 *
 * @param command the product's verb, or the shell command; may hold templates; empty for {@link Kind#EMPTY}
 * @param arguments of the verb; may hold templates
 * @param place where a verb runs; absent: as the scheduler is configured
 * @param environment variables added for the process; values may hold templates
 */
public record Work(
        Kind kind, String command, List<String> arguments, Optional<Place> place, Map<String, String> environment) {

    /** A verb of the product, a command of the shell, or nothing at all. */
    public enum Kind {
        STEP,
        BASH,
        EMPTY;

        /** The name under which Airflow knows it. */
        public String operator() {
            return switch (this) {
                case STEP -> "StepOperator";
                case BASH -> "BashOperator";
                case EMPTY -> "EmptyOperator";
            };
        }
    }

    /** Where a verb runs: in the scheduler's own process and Spark session, as a process of the launcher, submitted. */
    public enum Place {
        SESSION,
        FORK,
        SPARK_SUBMIT
    }

    public Work {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    public static Work step(String verb, List<String> arguments) {
        return new Work(Kind.STEP, verb, arguments, Optional.empty(), Map.of());
    }

    public static Work bash(String command) {
        return new Work(Kind.BASH, command, List.of(), Optional.empty(), Map.of());
    }

    public static Work empty() {
        return new Work(Kind.EMPTY, "", List.of(), Optional.empty(), Map.of());
    }
}

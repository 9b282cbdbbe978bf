package org.regionaldoughnut.app.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a step ended, as the summary and {@code --json} show it; up to harmonise the counts are cells.
 *
 * @param state done, up_to_date, failed or blocked (something before it failed)
 */
public record StepOutcome(
        @JsonProperty("name") String name,
        @JsonProperty("state") String state,
        @JsonProperty("rows_in") long rowsIn,
        @JsonProperty("rows_out") long rowsOut,
        @JsonProperty("quarantined") long quarantined,
        @JsonProperty("seconds") double seconds,
        @JsonProperty("reason") String reason) {
    public static final String DONE = "done";
    public static final String UP_TO_DATE = "up_to_date";
    public static final String FAILED = "failed";
    public static final String BLOCKED = "blocked";
}

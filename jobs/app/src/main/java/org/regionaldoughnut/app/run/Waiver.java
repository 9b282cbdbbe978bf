package org.regionaldoughnut.app.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;

/**
 * The decision that a batch may go on although it breaks a rule.
 *
 * @param rule id of the rule
 * @param reason why, for readers of the release
 * @param by who decided
 * @param granted ISO 8601 instant
 * @param until last day it holds, ISO 8601
 */
public record Waiver(
        @JsonProperty("rule") String rule,
        @JsonProperty("source") String source,
        @JsonProperty("batch") String batch,
        @JsonProperty("reason") String reason,
        @JsonProperty("by") String by,
        @JsonProperty("granted") String granted,
        @JsonProperty("until") String until) {
    public Waiver {
        Objects.requireNonNull(rule);
        Objects.requireNonNull(source);
        Objects.requireNonNull(batch);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(by);
        Instant.parse(granted);
        LocalDate.parse(until);
    }

    /** Whether it holds at this time: up to the end of its last day in the office's zone. */
    public boolean holds(Instant at, ZoneId zone) {
        return at.isBefore(LocalDate.parse(until).plusDays(1).atStartOfDay(zone).toInstant());
    }

    /** In words, for outcomes and pages. */
    public String words() {
        return "waived until " + until + " by " + by + ": " + reason;
    }
}

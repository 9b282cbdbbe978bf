package org.regionaldoughnut.schedule.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Points in time as the API reads them. */
final class Moments {
    private Moments() {}

    /**
     * With an offset; without one it is UTC, a date alone its first moment.
     *
     * @throws IllegalArgumentException where it is none of these
     */
    static Instant parse(String text) {
        // a plus sign that was not encoded arrives as a blank
        String given = text.strip().replaceFirst(" (?=\\d\\d:?\\d\\d$)", "+").replaceFirst(" ", "T");
        try {
            if (given.length() == 10) {
                return LocalDate.parse(given).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            return given.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$")
                    ? OffsetDateTime.parse(given.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2"))
                            .toInstant()
                    : LocalDateTime.parse(given).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no point in time such as 2026-03-01T02:30:00Z", e);
        }
    }
}

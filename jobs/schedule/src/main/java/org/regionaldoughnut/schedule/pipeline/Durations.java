package org.regionaldoughnut.schedule.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Lengths of time: seconds, a number with s, m, h or d, or ISO 8601. */
final class Durations {
    private Durations() {}

    static Optional<Duration> read(JsonNode given, Consumer<String> problem) {
        if (given.isMissingNode() || given.isNull()) {
            return Optional.empty();
        }
        if (given.isNumber()) {
            return Optional.of(Duration.ofSeconds(given.asLong()));
        }
        var text = given.asText().replace(" ", "");
        try {
            if (text.startsWith("P")) {
                return Optional.of(Duration.parse(text));
            }
            var number = Long.parseLong(text.substring(0, text.length() - 1));
            return Optional.of(
                    switch (text.charAt(text.length() - 1)) {
                        case 's' -> Duration.ofSeconds(number);
                        case 'm' -> Duration.ofMinutes(number);
                        case 'h' -> Duration.ofHours(number);
                        default -> Duration.ofDays(number);
                    });
        } catch (DateTimeException | NumberFormatException e) {
            problem.accept("'" + given.asText() + "' is no length of time: write 90s, 5m, 2h, 1d or PT2H");
            return Optional.empty();
        }
    }
}

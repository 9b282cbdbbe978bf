package org.regionaldoughnut.office;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What an office says about its releases: {@code publication} of its settings.
 *
 * @param calendar times of coming and past releases, in their order
 * @param publisher who stands for the releases
 * @param baseUrl where the releases are served, without a slash at the end
 * @param textRows tables of more rows are released as Parquet alone
 */
public record Publication(
        List<Planned> calendar, Publisher publisher, Optional<String> baseUrl, long textRows, Disclosure disclosure) {
    private static final long TEXT_ROWS = 1_000_000;
    private static final double PROTECTION = 10;

    public Publication {
        calendar = List.copyOf(calendar);
    }

    /** A line of the release calendar. */
    public record Planned(Instant at, String title) {}

    /** Who publishes, and where they can be asked. */
    public record Publisher(String name, Optional<String> homepage, Optional<String> email) {}

    /**
     * Disclosure control.
     *
     * @param contributors CSV file: who contributes how much to which figure; absent where the office has no such data
     * @param protectionPercent an outsider must not know a suppressed figure closer than this
     */
    public record Disclosure(List<Rule> rules, Optional<Path> contributors, double protectionPercent) {
        public Disclosure {
            rules = List.copyOf(rules);
        }
    }

    /**
     * When a figure is unsafe. One of the three measures is given.
     *
     * @param tables harmonised tables whose figures it looks at; empty for all
     * @param where condition over rows of statistics.indicators
     * @param minimumFrequency fewer contributors are unsafe
     * @param count what counts the contributors: {@code contributors}, {@code numerator} or {@code denominator}
     * @param dominance the largest contributors have too large a part
     * @param pPercent the second largest knows the largest too well
     */
    public record Rule(
            String id,
            List<String> tables,
            Optional<String> where,
            Optional<Double> minimumFrequency,
            Optional<String> count,
            Optional<Dominance> dominance,
            Optional<Double> pPercent) {
        public Rule {
            tables = tables == null ? List.of() : List.copyOf(tables);
        }

        /** Whether it can be answered only by knowing who contributes. */
        public boolean needsContributors() {
            return minimumFrequency.isEmpty() || count.orElse("contributors").equals("contributors");
        }
    }

    /** The {@code n} largest contributors must not have more than {@code k} percent. */
    public record Dominance(int n, double k) {}

    static Publication of(JsonNode settings, ZoneId zone, Path folder) {
        JsonNode node = settings.path("publication");
        List<Planned> calendar = new ArrayList<>();
        for (JsonNode line : node.path("calendar")) {
            Instant at =
                    LocalDateTime.parse(line.path("at").asText()).atZone(zone).toInstant();
            calendar.add(new Planned(at, line.path("title").asText("")));
        }
        calendar.sort(Comparator.comparing(Planned::at));
        JsonNode publisher = node.path("publisher");
        JsonNode disclosure = node.path("disclosure");
        List<Rule> rules = new ArrayList<>();
        disclosure.path("rules").forEach(rule -> rules.add(Json.bind(rule, Rule.class)));
        return new Publication(
                calendar,
                new Publisher(
                        publisher.path("name").asText(settings.path("title").asText()),
                        text(publisher, "homepage"),
                        text(publisher, "email")),
                text(node, "base_url").map(url -> url.replaceFirst("/+$", "")),
                node.path("text_rows").asLong(TEXT_ROWS),
                new Disclosure(
                        rules,
                        text(disclosure, "contributors").map(folder::resolve).map(Path::normalize),
                        disclosure.path("protection_percent").asDouble(PROTECTION)));
    }

    /** The release a draft made now is for; none where the calendar has nothing ahead. */
    public Optional<Planned> next(Instant now) {
        return calendar.stream().filter(line -> line.at().isAfter(now)).findFirst();
    }

    private static Optional<String> text(JsonNode node, String key) {
        return node.hasNonNull(key) ? Optional.of(node.get(key).asText()) : Optional.empty();
    }
}

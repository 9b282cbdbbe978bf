package org.regionaldoughnut.office;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/** What the schema cannot tell of {@code publication}: times that are none, names given twice, files that are missing. */
final class PublicationCheck {
    private final Office office;
    private final BiConsumer<String, String> problem;

    /** @param problem takes the place in office.yaml and what is wrong there */
    PublicationCheck(Office office, BiConsumer<String, String> problem) {
        this.office = office;
        this.problem = problem;
    }

    void run() {
        Set<String> times = new HashSet<>();
        int line = 0;
        for (JsonNode planned : office.settings().at("/publication/calendar")) {
            String at = planned.path("at").asText();
            String place = "/publication/calendar/" + line++;
            try {
                LocalDateTime.parse(at);
            } catch (DateTimeException e) {
                problem.accept(place, "the calendar's '" + at + "' is no time, such as 2026-12-01T09:30");
                return;
            }
            if (!times.add(at)) {
                problem.accept(place, "the calendar names " + at + " twice");
            }
        }
        Publication.Disclosure disclosure = office.publication().disclosure();
        disclosure
                .contributors()
                .filter(contributors -> !Files.isRegularFile(contributors))
                .ifPresent(contributors -> problem.accept(
                        "/publication/disclosure/contributors", "there is no file of contributors " + contributors));
        Set<String> rules = new HashSet<>();
        int index = 0;
        for (Publication.Rule rule : disclosure.rules()) {
            if (!rules.add(rule.id())) {
                problem.accept(
                        "/publication/disclosure/rules/" + index,
                        "two disclosure rules have the id '" + rule.id() + "'");
            }
            index++;
        }
    }
}

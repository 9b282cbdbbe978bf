package org.regionaldoughnut.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.regionaldoughnut.app.run.Deliveries;
import org.regionaldoughnut.app.run.UpToDate;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.Secrets;
import org.regionaldoughnut.publish.Releases;
import org.regionaldoughnut.report.delivery.Outcome;

/** Deliveries of the latest release, and what is said of them. */
record DeliveryLines(List<Outcome> outcomes) {
    DeliveryLines {
        outcomes = List.copyOf(outcomes);
    }

    static final DeliveryLines NONE = new DeliveryLines(List.of());

    /** To everyone of the office's reports. */
    static DeliveryLines of(Verb verb, Workplace workplace, Releases.Release release) {
        return new DeliveryLines(deliveries(verb, workplace).deliver(release.folder(), workplace.ledger()));
    }

    /** To those who get every release by itself. What failed is tried again by the next run, whatever else it has to do. */
    static DeliveryLines onRelease(Verb verb, Workplace workplace) {
        Optional<Releases.Release> release = new Releases(workplace.storage()).latest();
        if (release.isEmpty()) {
            return NONE;
        }
        DeliveryLines lines = new DeliveryLines(
                deliveries(verb, workplace).onRelease(release.get().folder(), workplace.ledger()));
        if (lines.failed()) {
            UpToDate.forget(workplace.storage());
        }
        return lines;
    }

    private static Deliveries deliveries(Verb verb, Workplace workplace) {
        return new Deliveries(
                workplace.office(),
                new Secrets(verb.doughnut().environment()),
                verb.doughnut().clock());
    }

    /** Whether a later try may bring what is missing. */
    boolean failed() {
        return outcomes.stream().anyMatch(outcome -> outcome.state() == Outcome.State.FAILED);
    }

    boolean anyProblem() {
        return outcomes.stream().anyMatch(Outcome::isProblem);
    }

    /** The code of a command that went well but for its deliveries. */
    int after(int code) {
        return code == ExitCode.DONE.code() && failed() ? ExitCode.SOURCE_UNAVAILABLE.code() : code;
    }

    void into(ObjectNode result) {
        ArrayNode list = result.putArray("deliveries");
        outcomes.forEach(outcome -> list.addObject()
                .put("report", outcome.report())
                .put("channel", outcome.channel())
                .put("target", outcome.target())
                .put("state", outcome.state().name().toLowerCase(Locale.ROOT))
                .put("message", outcome.message()));
    }

    /** Problems to the error stream, the rest to the output. */
    void print(Verb verb) {
        outcomes.forEach(outcome -> (outcome.isProblem() ? verb.err() : verb.out())
                .println(outcome.report() + " " + outcome.channel() + " " + outcome.target() + ": "
                        + outcome.state().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + (outcome.message().isEmpty() ? "" : ". " + outcome.message())));
    }
}

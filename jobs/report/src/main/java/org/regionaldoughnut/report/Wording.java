package org.regionaldoughnut.report;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.regionaldoughnut.model.Direction;
import org.regionaldoughnut.model.Form;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.office.Catalogue;

/** What is said of a row in the reader's words: titles of the catalogue, sentences of the messages. */
record Wording(Texts texts, Catalogue catalogue) {

    String title(String indicator) {
        return find(indicator).map(Indicator::title).orElse(indicator);
    }

    String description(String indicator) {
        return find(indicator).map(Indicator::description).orElse("");
    }

    Direction direction(String indicator) {
        return find(indicator).map(Indicator::direction).orElse(Direction.CONTEXT);
    }

    Optional<Indicator> find(String indicator) {
        return Optional.ofNullable(catalogue.indicators().get(indicator));
    }

    /** Whether the row may stand in its ring: the catalogue does not say that its indicator is context there. */
    boolean isHeadline(DoughnutRow row) {
        return find(row.indicator()).stream()
                .flatMap(indicator -> indicator.slots().stream())
                .filter(slot -> slot.framework().equals(row.framework())
                        && slot.dimension().equals(row.dimension()))
                .allMatch(Indicator.Slot::headline);
    }

    String value(DoughnutRow row) {
        return row.value().isPresent() ? texts.figure(row.value().getAsDouble(), row.unit()) : "";
    }

    String interval(Figure figure) {
        if (figure.lower().isEmpty() || figure.upper().isEmpty()) {
            return "";
        }
        String lower = texts.number(figure.lower().getAsDouble());
        String upper = texts.number(figure.upper().getAsDouble());
        return texts.get("row.interval", lower, upper);
    }

    /** The floor or ceiling; a share of people who lack something has its floor at none. */
    String boundary(DoughnutRow row) {
        if (row.boundary().isPresent()) {
            return texts.figure(row.boundary().getAsDouble(), row.unit());
        }
        boolean none = is(row, Form.SHARE) || is(row, Form.PLACES) || is(row, Form.GAP);
        return none ? texts.percent(0) : "";
    }

    /** The gap as a table cell: a percentage, or that the floor is met or the boundary kept. */
    String gap(DoughnutRow row) {
        if (!row.hasGap()) {
            return "";
        }
        return gap(row.ring(), row.gapPercent().getAsDouble());
    }

    String gap(String ring, double gap) {
        if (ring.equals(Framework.ECOLOGICAL)) {
            return gap > 0 ? texts.percent(gap) : texts.get("gap.inside", texts.percent(-gap));
        }
        return gap > 0 ? texts.percent(gap) : texts.get("gap.met");
    }

    /** The gap as part of a sentence. */
    String gapSentence(DoughnutRow row) {
        double gap = row.gapPercent().orElse(0);
        String key = row.ring().equals(Framework.ECOLOGICAL)
                ? gap > 0 ? "sentence.overshoot" : "sentence.inside"
                : gap > 0 ? "sentence.shortfall" : "sentence.met";
        return texts.get(key, texts.percent(Math.abs(gap)));
    }

    String status(String code) {
        return texts.getOr("status." + code, code);
    }

    /** Why there is no figure: the release's own reason, else a general one. */
    String reason(DoughnutRow row) {
        if (!row.reason().isBlank()) {
            return sentence(row.reason());
        }
        return texts.get(row.value().isPresent() ? "reason.no-gap" : "reason.unsaid");
    }

    String reason(RegionRing.Sector sector) {
        return sector.rows().stream()
                .filter(row -> !row.reason().isBlank())
                .findFirst()
                .map(row -> sentence(row.reason()))
                .orElseGet(() ->
                        texts.get(sector.dimension().measured().isPresent() ? "reason.global" : "reason.no-indicator"));
    }

    Optional<String> proxy(DoughnutRow row) {
        if (!row.isProxy()) {
            return Optional.empty();
        }
        return Optional.of(row.proxySentence()
                .or(() -> find(row.indicator()).flatMap(Indicator::proxy))
                .or(() -> find(row.indicator()).flatMap(Indicator::statusReason))
                .map(Wording::sentence)
                .orElseGet(() -> texts.get("row.not-counted")));
    }

    String coverage(Optional<Figure> figure) {
        OptionalDouble people = figure.map(Figure::coveragePopulation).orElse(OptionalDouble.empty());
        OptionalDouble regions = figure.map(Figure::coverageRegions).orElse(OptionalDouble.empty());
        if (people.isPresent()) {
            return texts.get("coverage.people", texts.percent(floored(people.getAsDouble())));
        }
        return regions.isPresent() ? texts.get("coverage.regions", texts.percent(floored(regions.getAsDouble()))) : "";
    }

    /** A share that is not whole is never written as 100 %. */
    private static double floored(double share) {
        return Math.floor(share * 1000 + 1e-9) / 10;
    }

    private static boolean is(DoughnutRow row, Form form) {
        return row.form().equalsIgnoreCase(form.name());
    }

    static String sentence(String text) {
        String bare = text.strip();
        if (bare.isEmpty()) {
            return bare;
        }
        String start = bare.substring(0, bare.offsetByCodePoints(0, 1));
        String upper = start.toUpperCase(Locale.ROOT) + bare.substring(start.length());
        return ".!?".indexOf(bare.charAt(bare.length() - 1)) >= 0 ? upper : upper + ".";
    }
}

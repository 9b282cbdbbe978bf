package org.regionaldoughnut.report;

import static org.regionaldoughnut.report.ReleaseDatabase.number;
import static org.regionaldoughnut.report.ReleaseDatabase.text;
import static org.regionaldoughnut.report.ReleaseDatabase.whole;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.regionaldoughnut.model.Framework;

/** The assets map of a region: what there is of each capital, beside the peers and the region's own past. */
record Assets(ReleaseDatabase database, Wording wording) {
    /** The framework whose slots the map fills; see {@link org.regionaldoughnut.office.ReleaseView#ASSETS}. */
    static final String FRAMEWORK = "eight-capitals";

    record View(String title, String source, List<Capital> capitals) {}

    /** @param count how many of its indicators are there, as a sentence */
    record Capital(String title, String count, List<Item> items, List<Missing> missing) {}

    /**
     * @param beside better, worse or the same as the median of the peers, in words; empty where nothing can be said
     * @param since the same against the region's past
     * @param besideSign and sinceSign: better, worse, equal or nothing
     */
    record Item(
            String title,
            String href,
            String value,
            String period,
            String beside,
            String besideSign,
            String since,
            String sinceSign) {}

    record Missing(String title, String reason) {}

    /** None where the catalogue has no such framework or the release no row of it. */
    Optional<View> of(String region, String peers) {
        Framework framework = wording.catalogue().frameworks().get(FRAMEWORK);
        if (framework == null) {
            return Optional.empty();
        }
        Map<String, List<Item>> items = new LinkedHashMap<>();
        Map<String, List<Missing>> missing = new LinkedHashMap<>();
        database.each("SELECT * FROM assets WHERE region = ? ORDER BY capital, indicator", List.of(region), row -> {
            String capital = text(row, "capital");
            String indicator = text(row, "indicator");
            if (row.getBoolean("there")) {
                String beside = text(row, "beside_peers");
                String since = text(row, "since_past");
                String unit = text(row, "unit");
                items.computeIfAbsent(capital, k -> new ArrayList<>())
                        .add(new Item(
                                wording.title(indicator),
                                PageName.indicator(indicator),
                                figure(number(row, "value"), unit),
                                year(whole(row, "reference_year")),
                                compared("beside", beside, figure(number(row, "peers_median"), unit), peers),
                                beside,
                                compared(
                                        "since",
                                        since,
                                        figure(number(row, "past_value"), unit),
                                        year(whole(row, "past_year"))),
                                since));
            } else {
                String reason = text(row, "reason");
                missing.computeIfAbsent(capital, k -> new ArrayList<>())
                        .add(new Missing(wording.title(indicator), reason.isBlank() ? "" : Wording.sentence(reason)));
            }
        });
        if (items.isEmpty() && missing.isEmpty()) {
            return Optional.empty();
        }
        List<Capital> capitals = new ArrayList<>();
        for (Framework.Ring ring : framework.rings()) {
            for (Framework.Dimension dimension : ring.dimensions()) {
                List<Item> there = items.getOrDefault(dimension.id(), List.of());
                List<Missing> lacking = missing.getOrDefault(dimension.id(), List.of());
                String count = wording.texts().get("assets.count", there.size(), there.size() + lacking.size());
                capitals.add(new Capital(dimension.title(), count, there, lacking));
            }
        }
        return Optional.of(new View(framework.title(), framework.source(), capitals));
    }

    private String compared(String with, String word, String figure, String of) {
        return word.isEmpty() ? "" : wording.texts().get("assets." + with + "." + word, figure, of);
    }

    private String figure(OptionalDouble value, String unit) {
        return value.isPresent() ? wording.texts().figure(value.getAsDouble(), unit) : "";
    }

    private static String year(OptionalInt year) {
        return year.isPresent() ? String.valueOf(year.getAsInt()) : "";
    }
}

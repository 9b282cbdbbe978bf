package org.regionaldoughnut.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.report.Edition.Content;

/** Gathers the index: all regions by level, with small doughnuts where they are not too many, and maps of medians. */
final class IndexPage {
    private final Edition edition;
    private final RegionPage pages;
    private final boolean drawn;
    private final Map<String, List<IndexView.Entry>> levels = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> medians = new LinkedHashMap<>();
    private int count;

    IndexPage(Edition edition, RegionPage pages) {
        this.edition = edition;
        this.pages = pages;
        this.drawn = edition.geography().withDoughnut().size() <= RegionPage.SHOWN_AT_ONCE;
    }

    void add(Content content) {
        Region region = content.region();
        String id = drawn ? "d" + count : "";
        count++;
        levels.computeIfAbsent(region.level(), level -> new ArrayList<>()).add(entry(content, id));
        median(Framework.SOCIAL, region, content.floor());
        median(Framework.ECOLOGICAL, region, content.ceiling());
    }

    private void median(String ring, Region region, RegionRing of) {
        of.median().filter(row -> row.gapPercent().isPresent()).ifPresent(row -> medians.computeIfAbsent(
                        ring, key -> new HashMap<>())
                .put(region.code(), row.gapPercent().getAsDouble()));
    }

    IndexView view() {
        List<IndexView.Level> views = new ArrayList<>();
        levels.forEach((level, entries) -> views.add(new IndexView.Level(edition.levels(level), entries)));
        String years = edition.geography().periods().values().stream()
                .map(edition.texts()::period)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return new IndexView(years, drawn, views, maps());
    }

    private List<RegionView.MapSection> maps() {
        List<RegionView.MapSection> maps = new ArrayList<>();
        medians.forEach((ring, values) -> {
            String title = edition.texts().get("ring.median." + ring);
            edition.maps()
                    .of(
                            title,
                            Trends.kind(ring),
                            values,
                            edition.texts()::percent,
                            edition.texts()::percent,
                            Optional.empty(),
                            edition::href)
                    .ifPresent(map -> maps.add(new RegionView.MapSection(title, map)));
        });
        return maps;
    }

    /** @param id prefix of the small drawing's ids, empty for none */
    private IndexView.Entry entry(Content content, String id) {
        Region region = content.region();
        return new IndexView.Entry(
                region.name(),
                region.code(),
                edition.href(region.code()),
                region.parent()
                        .map(edition.geography()::region)
                        .map(Region::name)
                        .orElse(""),
                id.isEmpty() ? "" : edition.drawing().drawSmall(pages.picture(content), id),
                RingView.median(content.floor(), edition.wording()),
                RingView.median(content.ceiling(), edition.wording()));
    }
}

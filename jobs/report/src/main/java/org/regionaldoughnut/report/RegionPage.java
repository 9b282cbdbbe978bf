package org.regionaldoughnut.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.office.Catalogue;
import org.regionaldoughnut.report.Edition.Content;
import org.regionaldoughnut.report.RegionView.Link;
import org.regionaldoughnut.report.drawing.Doughnut;

/** Gathers what stands on the page of a region. */
final class RegionPage {
    /** With more regions, pages link to the index in place of every sibling. */
    static final int SHOWN_AT_ONCE = 60;

    private static final int MAPS = 2;

    private final Edition edition;
    private final Wording wording;
    private final Caveats caveats;
    private final Breakdowns breakdowns;

    RegionPage(Edition edition) {
        this.edition = edition;
        this.wording = edition.wording();
        this.breakdowns = Breakdowns.of(edition.release(), edition.database(), wording);
        Optional<Catalogue.BoundarySet> boundaries = Optional.ofNullable(
                edition.catalogue().boundarySets().get(edition.notes().boundarySet()));
        this.caveats = new Caveats(wording, edition.tables().areas(), boundaries);
    }

    Doughnut picture(Content content) {
        return new Picture(wording)
                .of(
                        content.region().name(),
                        edition.texts().period(content.period()),
                        content.floor(),
                        content.ceiling());
    }

    RegionView view(Content content) {
        Region region = content.region();
        Doughnut picture = picture(content);
        List<DoughnutRow> headlines = edition.headlines(content.rows());
        List<Figure> figures = edition.tables().figures(region.code());
        Comparisons comparisons = new Comparisons(wording, edition.peers(), region);
        Optional<Assets.View> assets =
                new Assets(edition.database(), wording).of(region.code(), edition.levels(region.level()));
        List<DoughnutRow> furthest = Stream.concat(Picture.largest(content.ceiling()), Picture.largest(content.floor()))
                .toList();
        return new RegionView(
                region.name(),
                region.code(),
                edition.level(region.level()),
                edition.levels(region.level()),
                edition.texts().period(content.period()),
                edition.drawing().draw(picture, "doughnut"),
                picture.description(),
                List.of(
                        RingView.of(content.floor(), figures, wording),
                        RingView.of(content.ceiling(), figures, wording)),
                changes(region.code()),
                new Trends(wording).of(headlines, figures, edition.slopes().of(region.code())),
                new Lenses(wording, headlines, figures, content.year()).views(),
                comparisons.positions(headlines),
                comparisons.bars(furthest, edition::href),
                region.parent()
                        .map(edition.geography()::region)
                        .map(Region::name)
                        .orElse(""),
                maps(region, furthest),
                panel(content, figures, comparisons),
                new Sensitivity(
                                edition.database(),
                                wording,
                                edition.framework().id(),
                                edition.notes().boundarySet())
                        .of(region.code(), content.rows()),
                breakdowns.of(region.code(), content.year()),
                assets,
                frameworks(content, figures, assets.isPresent()),
                caveats.areas(region.level()),
                caveats.proxies(headlines),
                caveats.boundarySet(),
                caveats.bounds(headlines),
                edition.geography().parents(region.code()).stream()
                        .map(edition::link)
                        .toList(),
                siblings(region.code()),
                edition.settings().pdf() ? "../pdf/" + PageName.pdf(region.code()) : "");
    }

    private ChangesView changes(String region) {
        String earlier = edition.earlier().map(release -> release.notes().id()).orElse("");
        return ChangesView.of(edition.changes().of(region), earlier, wording);
    }

    /** The largest overshoot and the largest shortfall on maps. */
    private List<RegionView.MapSection> maps(Region region, List<DoughnutRow> furthest) {
        List<RegionView.MapSection> sections = new ArrayList<>();
        Set<String> rings = new HashSet<>();
        for (DoughnutRow row : furthest) {
            if (sections.size() < MAPS && rings.add(row.ring())) {
                String title = wording.title(row.indicator()) + ", " + row.unit();
                map(row.indicator(), row.unit(), region.level(), row.ring(), Optional.of(region.code()))
                        .ifPresent(map -> sections.add(new RegionView.MapSection(title, map)));
            }
        }
        return sections;
    }

    Optional<Maps.View> map(String indicator, String unit, String level, String ring, Optional<String> own) {
        Map<String, Double> values = new HashMap<>();
        edition.peers()
                .ranking(indicator, level, wording.direction(indicator))
                .peers()
                .forEach(peer -> values.put(peer.region(), peer.value()));
        return edition.maps()
                .of(
                        edition.texts().get("map.title", wording.title(indicator), edition.levels(level)),
                        Trends.kind(ring),
                        values,
                        value -> edition.texts().figure(value, unit),
                        edition.texts()::number,
                        own,
                        edition::href);
    }

    /** The framework the office wants as a panel: a large figure for each indicator and its place among the peers. */
    private Optional<PanelView> panel(Content content, List<Figure> figures, Comparisons comparisons) {
        Optional<Framework> framework =
                edition.settings().panel().map(edition.catalogue().frameworks()::get);
        return framework.map(wanted -> {
            List<PanelView.Tile> tiles = new ArrayList<>();
            List<String> without = new ArrayList<>();
            for (Framework.Ring ring : wanted.rings()) {
                for (Framework.Dimension dimension : ring.dimensions()) {
                    int before = tiles.size();
                    inSlot(wanted, dimension)
                            .forEach(indicator -> tile(content, figures, comparisons, dimension, indicator)
                                    .ifPresent(tiles::add));
                    if (tiles.size() == before) {
                        without.add(dimension.title());
                    }
                }
            }
            return new PanelView(wanted.title(), wanted.source(), tiles, String.join(", ", without));
        });
    }

    private Stream<Indicator> inSlot(Framework framework, Framework.Dimension dimension) {
        return edition.catalogue().indicators().values().stream().filter(indicator -> indicator.slots().stream()
                .anyMatch(slot -> slot.framework().equals(framework.id())
                        && slot.dimension().equals(dimension.id())));
    }

    private Optional<PanelView.Tile> tile(
            Content content,
            List<Figure> figures,
            Comparisons comparisons,
            Framework.Dimension dimension,
            Indicator indicator) {
        return Figure.nearest(figures, indicator.id(), content.year())
                .filter(figure -> figure.value().isPresent())
                .map(figure -> {
                    String unit = figure.unit().isEmpty() ? indicator.unit() : figure.unit();
                    Optional<Comparisons.Position> position = comparisons.position(indicator.id(), "plain", unit);
                    return new PanelView.Tile(
                            dimension.title(),
                            indicator.title(),
                            edition.texts().figure(figure.value().getAsDouble(), unit),
                            edition.texts().period(figure.period()),
                            position.map(Comparisons.Position::strip).orElse(""),
                            position.map(Comparisons.Position::place).orElse(""));
                });
    }

    /** What the doughnut's own headlines leave over, then the other frameworks but those with a section of their own. */
    private List<FrameworkView> frameworks(Content content, List<Figure> figures, boolean assets) {
        int year = content.year();
        List<DoughnutRow> rows = content.rows();
        Set<String> described = new HashSet<>();
        edition.headlines(rows).forEach(row -> described.add(row.indicator()));
        List<FrameworkView> views = new ArrayList<>();
        views.add(new Slots(edition.framework(), false, year, rows, figures, wording, described).view());
        for (Framework other : edition.catalogue().frameworks().values()) {
            boolean shown = other.id().equals(edition.framework().id())
                    || assets && other.id().equals(Assets.FRAMEWORK);
            if (!shown) {
                views.add(new Slots(other, true, year, rows, figures, wording, described).view());
            }
        }
        return views.stream().filter(view -> !view.groups().isEmpty()).toList();
    }

    private List<Link> siblings(String code) {
        List<String> siblings = edition.geography().siblings(code);
        return siblings.size() > SHOWN_AT_ONCE
                ? List.of()
                : siblings.stream()
                        .map(edition.geography()::region)
                        .map(edition::link)
                        .toList();
    }
}

package org.regionaldoughnut.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.regionaldoughnut.model.Boundary;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.Floor;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.office.Catalogue;
import org.regionaldoughnut.report.RegionView.Link;
import org.regionaldoughnut.report.drawing.DoughnutDrawing;

/** The pages of a release: {@code html/index.html} and {@code html/<region>.html} for every region with a doughnut. */
public final class Pages {
    /** With more regions the index shows tables alone, and pages link to the index in place of every sibling. */
    private static final int SHOWN_AT_ONCE = 60;

    private final Path html;
    private final ReleaseNotes notes;
    private final ReleaseTables tables;
    private final Catalogue catalogue;
    private final Framework framework;
    private final Geography geography;
    private final Set<String> wanted;
    private final Texts texts;
    private final Wording wording;
    private final DoughnutDrawing drawing;
    private final List<ReleaseTables.Area> areas;

    private Pages(
            Path release,
            ReleaseNotes notes,
            ReleaseTables tables,
            Catalogue catalogue,
            Framework framework,
            Locale locale,
            Set<String> regions) {
        this.html = release.resolve("html");
        this.notes = notes;
        this.tables = tables;
        this.catalogue = catalogue;
        this.framework = framework;
        this.geography = new Geography(tables.regions(), tables.periods());
        this.wanted = wanted(geography, regions, notes.id());
        this.texts = new Texts(locale);
        this.wording = new Wording(texts, catalogue);
        this.drawing = new DoughnutDrawing(texts::percent, texts.get("drawing.safe-space"));
        this.areas = tables.areas();
    }

    /**
     * Writes the pages into the release's folder.
     *
     * @param release a draft or release with {@code parquet/indicators}, {@code parquet/doughnut} and {@code
     *     parquet/regions}; {@code release.json} is read where it is there
     * @param catalogue titles and slots; its first framework with the rings {@code social} and {@code ecological} makes
     *     the doughnut
     * @param locale language of messages and numbers
     * @param regions codes of the regions to write; empty for all. The index is written always
     * @param progress pages written so far and pages to write
     * @return pages written, the index included
     * @throws DoughnutException where tables are missing or cannot be read, a region is unknown, or the folder cannot be
     *     written
     */
    public static int write(
            Path release,
            Catalogue catalogue,
            Locale locale,
            Set<String> regions,
            BiConsumer<Integer, Integer> progress) {
        Framework framework = framework(catalogue);
        ReleaseNotes notes = ReleaseNotes.read(release);
        try (ReleaseTables tables = ReleaseTables.open(release, framework.id(), notes.boundarySet())) {
            return new Pages(release, notes, tables, catalogue, framework, locale, regions).write(progress);
        }
    }

    private static Framework framework(Catalogue catalogue) {
        return catalogue.frameworks().values().stream()
                .filter(framework -> ring(framework, Framework.SOCIAL).isPresent()
                        && ring(framework, Framework.ECOLOGICAL).isPresent())
                .findFirst()
                .orElseThrow(() -> new DoughnutException(
                        ExitCode.CONFIGURATION,
                        "Cannot draw doughnuts: none of the frameworks "
                                + catalogue.frameworks().keySet() + " has the rings " + Framework.SOCIAL + " and "
                                + Framework.ECOLOGICAL + ". Add one under conf/frameworks."));
    }

    private static Optional<Framework.Ring> ring(Framework framework, String id) {
        return framework.rings().stream().filter(ring -> ring.id().equals(id)).findFirst();
    }

    private static Set<String> wanted(Geography geography, Set<String> regions, String release) {
        for (String region : regions) {
            if (!geography.periods().containsKey(region)) {
                throw new DoughnutException(
                        ExitCode.USAGE,
                        "Cannot write the page of region " + region + ": release " + release
                                + " has no doughnut for it."
                                + NearMiss.hint(region, geography.periods().keySet())
                                + " Name regions by their codes.");
            }
        }
        return regions.isEmpty() ? new LinkedHashSet<>(geography.withDoughnut()) : new LinkedHashSet<>(regions);
    }

    private int write(BiConsumer<Integer, Integer> progress) {
        Templates templates = new Templates(texts);
        int total = wanted.size() + 1;
        int done = 0;
        for (String code : wanted) {
            templates.write("region.peb", model("region", region(code)), html.resolve(PageName.of(code)));
            progress.accept(++done, total);
        }
        templates.write("index.peb", model("index", index()), html.resolve("index.html"));
        progress.accept(++done, total);
        return done;
    }

    private Map<String, Object> model(String name, Object view) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put(name, view);
        model.put("notes", notes);
        model.put("created", texts.date(notes.created()));
        model.put("inputs", inputs());
        model.put("patterns", DoughnutDrawing.patterns());
        model.put("language", texts.language());
        model.put("direction", texts.direction());
        return model;
    }

    /** Sources with the dates written out. */
    private List<ReleaseNotes.Input> inputs() {
        return notes.inputs().stream()
                .map(input -> new ReleaseNotes.Input(
                        input.source(),
                        input.title().isEmpty() ? input.source() : input.title(),
                        input.publisher(),
                        input.licence(),
                        texts.date(input.published()),
                        input.url(),
                        input.attribution()))
                .distinct()
                .toList();
    }

    private RegionView region(String code) {
        Region region = geography.region(code);
        String period = geography.periods().get(code);
        List<DoughnutRow> rows = tables.doughnut(code);
        List<Figure> figures = tables.figures(code);
        RegionRing floor = ringOf(Framework.SOCIAL, rows);
        RegionRing ceiling = ringOf(Framework.ECOLOGICAL, rows);
        List<RingView> rings = List.of(RingView.of(floor, figures, wording), RingView.of(ceiling, figures, wording));
        return new RegionView(
                region.name(),
                code,
                level(region.level()),
                texts.period(period),
                drawing.draw(new Picture(wording).of(region.name(), texts.period(period), floor, ceiling), "doughnut"),
                rings,
                frameworks(period, rows, figures),
                areasOf(region.level()),
                proxies(rows),
                boundarySet().map(Catalogue.BoundarySet::title).orElse(""),
                bounds(rows),
                geography.parents(code).stream().map(this::link).toList(),
                siblings(code));
    }

    private RegionRing ringOf(String id, List<DoughnutRow> rows) {
        List<DoughnutRow> headlines = rows.stream().filter(this::isHeadline).toList();
        return RegionRing.of(framework.id(), ring(framework, id).orElseThrow(), headlines);
    }

    /** Whether the row may stand in its ring: the catalogue does not say that its indicator is context there. */
    private boolean isHeadline(DoughnutRow row) {
        return wording.find(row.indicator()).stream()
                .flatMap(indicator -> indicator.slots().stream())
                .filter(slot -> slot.framework().equals(row.framework())
                        && slot.dimension().equals(row.dimension()))
                .allMatch(Indicator.Slot::headline);
    }

    /** What the doughnut's own headlines leave over, then the other frameworks. */
    private List<FrameworkView> frameworks(String period, List<DoughnutRow> rows, List<Figure> figures) {
        int year = period.matches("\\d{4}.*") ? Integer.parseInt(period.substring(0, 4)) : 0;
        Set<String> described = new HashSet<>();
        rows.stream()
                .filter(row -> row.framework().equals(framework.id()) && isHeadline(row))
                .forEach(row -> described.add(row.indicator()));
        List<FrameworkView> views = new ArrayList<>();
        views.add(new Slots(framework, false, year, rows, figures, wording, described).view());
        for (Framework other : catalogue.frameworks().values()) {
            if (!other.id().equals(framework.id())) {
                views.add(new Slots(other, true, year, rows, figures, wording, described).view());
            }
        }
        return views.stream().filter(view -> !view.groups().isEmpty()).toList();
    }

    private List<String> areasOf(String level) {
        return areas.stream()
                .filter(area -> area.level().equals(level))
                .map(area -> texts.get(
                        area.without().isEmpty() ? "area.some" : "area.without",
                        wording.title(area.indicator()),
                        texts.whole(area.have()),
                        texts.whole(area.regions()),
                        String.join(", ", area.without())))
                .toList();
    }

    private List<String> proxies(List<DoughnutRow> rows) {
        return rows.stream()
                .filter(row -> row.framework().equals(framework.id()))
                .filter(DoughnutRow::isProxy)
                .map(row -> texts.get(
                        "proxy.sentence",
                        wording.title(row.indicator()),
                        wording.proxy(row).orElse("")))
                .distinct()
                .toList();
    }

    private Optional<Catalogue.BoundarySet> boundarySet() {
        return Optional.ofNullable(catalogue.boundarySets().get(notes.boundarySet()));
    }

    /** Where the floors and ceilings of the rows come from. */
    private List<String> bounds(List<DoughnutRow> rows) {
        return boundarySet().stream()
                .flatMap(set -> rows.stream()
                        .filter(row -> row.framework().equals(framework.id())
                                && row.boundary().isPresent())
                        .flatMap(row -> set
                                .boundary(row.indicator())
                                .map(Boundary::source)
                                .or(() -> set.floor(row.indicator()).map(Floor::source))
                                .map(source -> texts.get(
                                        "bound.sentence",
                                        wording.title(row.indicator()),
                                        wording.boundary(row),
                                        Wording.sentence(source)))
                                .stream()))
                .distinct()
                .toList();
    }

    private List<Link> siblings(String code) {
        List<String> siblings = geography.siblings(code);
        return siblings.size() > SHOWN_AT_ONCE
                ? List.of()
                : siblings.stream().map(geography::region).map(this::link).toList();
    }

    private Link link(Region region) {
        return new Link(region.name(), href(region.code()));
    }

    /** The page of the region, where there is one or will be. */
    private String href(String code) {
        String page = PageName.of(code);
        boolean there =
                wanted.contains(code) || geography.periods().containsKey(code) && Files.exists(html.resolve(page));
        return there ? page : "";
    }

    private String level(String level) {
        return level.isEmpty() ? "" : texts.getOr("level." + level, level);
    }

    private IndexView index() {
        List<String> codes = geography.withDoughnut();
        boolean drawn = codes.size() <= SHOWN_AT_ONCE;
        Map<String, List<IndexView.Entry>> levels = new LinkedHashMap<>();
        for (int i = 0; i < codes.size(); i++) {
            String level = geography.region(codes.get(i)).level();
            levels.computeIfAbsent(level, l -> new ArrayList<>()).add(entry(codes.get(i), i, drawn));
        }
        List<IndexView.Level> views = new ArrayList<>();
        levels.forEach(
                (level, entries) -> views.add(new IndexView.Level(texts.getOr("levels." + level, level), entries)));
        String years = geography.periods().values().stream()
                .map(texts::period)
                .distinct()
                .sorted()
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        return new IndexView(years, drawn, views);
    }

    private IndexView.Entry entry(String code, int position, boolean drawn) {
        Region region = geography.region(code);
        List<DoughnutRow> rows = tables.doughnut(code);
        RegionRing floor = ringOf(Framework.SOCIAL, rows);
        RegionRing ceiling = ringOf(Framework.ECOLOGICAL, rows);
        String period = texts.period(geography.periods().get(code));
        String small = drawn
                ? drawing.drawSmall(new Picture(wording).of(region.name(), period, floor, ceiling), "d" + position)
                : "";
        return new IndexView.Entry(
                region.name(),
                href(code),
                region.parent().map(geography::region).map(Region::name).orElse(""),
                small,
                RingView.median(floor, wording),
                RingView.median(ceiling, wording));
    }
}

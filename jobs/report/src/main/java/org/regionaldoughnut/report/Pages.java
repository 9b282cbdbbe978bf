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
import java.util.stream.Collectors;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.office.Catalogue;
import org.regionaldoughnut.report.RegionView.Link;
import org.regionaldoughnut.report.drawing.Doughnut;
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
    private final Caveats caveats;

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
        Optional<Catalogue.BoundarySet> boundaries =
                Optional.ofNullable(catalogue.boundarySets().get(notes.boundarySet()));
        this.caveats = new Caveats(wording, tables.areas(), boundaries);
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

    /** One pass over the regions: the page of each that is wanted, and its entry in the index. */
    private int write(BiConsumer<Integer, Integer> progress) {
        Templates templates = new Templates(texts);
        List<String> codes = geography.withDoughnut();
        boolean drawn = codes.size() <= SHOWN_AT_ONCE;
        Map<String, List<IndexView.Entry>> levels = new LinkedHashMap<>();
        int total = wanted.size() + 1;
        int done = 0;
        for (int i = 0; i < codes.size(); i++) {
            Content content = content(codes.get(i));
            if (wanted.contains(content.region().code())) {
                Path page = html.resolve(PageName.of(content.region().code()));
                templates.write("region.peb", model("region", region(content)), page);
                progress.accept(++done, total);
            }
            levels.computeIfAbsent(content.region().level(), level -> new ArrayList<>())
                    .add(entry(content, drawn ? "d" + i : ""));
        }
        templates.write("index.peb", model("index", index(levels, drawn)), html.resolve("index.html"));
        progress.accept(++done, total);
        return done;
    }

    /** What is read of one region. */
    private record Content(
            Region region, String period, List<DoughnutRow> rows, RegionRing floor, RegionRing ceiling) {}

    private Content content(String code) {
        List<DoughnutRow> rows = tables.doughnut(code);
        return new Content(
                geography.region(code),
                geography.periods().get(code),
                rows,
                ringOf(Framework.SOCIAL, rows),
                ringOf(Framework.ECOLOGICAL, rows));
    }

    private Doughnut picture(Content content) {
        return new Picture(wording)
                .of(content.region().name(), texts.period(content.period()), content.floor(), content.ceiling());
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

    private RegionView region(Content content) {
        Region region = content.region();
        List<DoughnutRow> rows = content.rows();
        List<Figure> figures = tables.figures(region.code());
        return new RegionView(
                region.name(),
                region.code(),
                level(region.level()),
                texts.period(content.period()),
                drawing.draw(picture(content), "doughnut"),
                List.of(
                        RingView.of(content.floor(), figures, wording),
                        RingView.of(content.ceiling(), figures, wording)),
                frameworks(content.period(), rows, figures),
                caveats.areas(region.level()),
                caveats.proxies(headlines(rows)),
                caveats.boundarySet(),
                caveats.bounds(headlines(rows)),
                geography.parents(region.code()).stream().map(this::link).toList(),
                siblings(region.code()));
    }

    /** The rows that may stand in the doughnut's rings. */
    private List<DoughnutRow> headlines(List<DoughnutRow> rows) {
        return rows.stream()
                .filter(row -> row.framework().equals(framework.id()) && wording.isHeadline(row))
                .toList();
    }

    private RegionRing ringOf(String id, List<DoughnutRow> rows) {
        return RegionRing.of(framework.id(), ring(framework, id).orElseThrow(), headlines(rows));
    }

    /** What the doughnut's own headlines leave over, then the other frameworks. */
    private List<FrameworkView> frameworks(String period, List<DoughnutRow> rows, List<Figure> figures) {
        int year = period.matches("\\d{4}.*") ? Integer.parseInt(period.substring(0, 4)) : 0;
        Set<String> described = new HashSet<>();
        headlines(rows).forEach(row -> described.add(row.indicator()));
        List<FrameworkView> views = new ArrayList<>();
        views.add(new Slots(framework, false, year, rows, figures, wording, described).view());
        for (Framework other : catalogue.frameworks().values()) {
            if (!other.id().equals(framework.id())) {
                views.add(new Slots(other, true, year, rows, figures, wording, described).view());
            }
        }
        return views.stream().filter(view -> !view.groups().isEmpty()).toList();
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

    private IndexView index(Map<String, List<IndexView.Entry>> levels, boolean drawn) {
        List<IndexView.Level> views = new ArrayList<>();
        levels.forEach(
                (level, entries) -> views.add(new IndexView.Level(texts.getOr("levels." + level, level), entries)));
        String years = geography.periods().values().stream()
                .map(texts::period)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return new IndexView(years, drawn, views);
    }

    /** @param id prefix of the small drawing's ids, empty for none */
    private IndexView.Entry entry(Content content, String id) {
        Region region = content.region();
        return new IndexView.Entry(
                region.name(),
                href(region.code()),
                region.parent().map(geography::region).map(Region::name).orElse(""),
                id.isEmpty() ? "" : drawing.drawSmall(picture(content), id),
                RingView.median(content.floor(), wording),
                RingView.median(content.ceiling(), wording));
    }
}

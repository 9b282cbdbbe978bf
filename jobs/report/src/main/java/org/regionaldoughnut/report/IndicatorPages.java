package org.regionaldoughnut.report;

import static org.regionaldoughnut.report.ReleaseDatabase.literal;
import static org.regionaldoughnut.report.ReleaseDatabase.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.office.Catalogue;
import org.regionaldoughnut.report.drawing.SeriesChart;

/** Gathers the page of each indicator: definition, map, ranking, lines over the years, and a file of its figures. */
final class IndicatorPages {
    private static final int MOST_ROWS = 60;
    private static final int MOST_LINES = 60;
    private static final int LEAST_YEARS = 3;
    private static final int NAMES_GIVEN = 12;

    private final Edition edition;
    private final RegionPage pages;
    private final Wording wording;
    private final Map<String, Integer> known;

    IndicatorPages(Edition edition, RegionPage pages) {
        this.edition = edition;
        this.pages = pages;
        this.wording = edition.wording();
        this.known = edition.peers().indicators();
    }

    /** Indicators with a page: those with figures in the release. */
    List<String> ids() {
        return List.copyOf(known.keySet());
    }

    IndicatorView.Directory directory() {
        List<IndicatorView.Entry> entries = new ArrayList<>();
        List<IndicatorView.Entry> without = new ArrayList<>();
        known.keySet().stream()
                .sorted(java.util.Comparator.comparing(wording::title))
                .forEach(id -> entries.add(entry(id)));
        edition.catalogue().indicators().keySet().stream()
                .filter(id -> !known.containsKey(id))
                .sorted(java.util.Comparator.comparing(wording::title))
                .forEach(id -> without.add(entry(id)));
        return new IndicatorView.Directory(entries, without);
    }

    private IndicatorView.Entry entry(String id) {
        Optional<Indicator> indicator = wording.find(id);
        String regions = known.containsKey(id) ? edition.texts().get("index.count", known.get(id)) : "";
        return new IndicatorView.Entry(
                wording.title(id),
                known.containsKey(id) ? PageName.indicator(id) : "",
                wording.description(id),
                indicator.map(Indicator::unit).orElse(""),
                indicator.map(this::places).orElse(""),
                regions);
    }

    private String places(Indicator indicator) {
        Map<String, Framework> frameworks = edition.catalogue().frameworks();
        return indicator.slots().stream()
                .filter(slot -> frameworks.containsKey(slot.framework()))
                .map(slot -> {
                    Framework framework = frameworks.get(slot.framework());
                    return framework.title() + ": " + dimension(framework, slot.dimension());
                })
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static String dimension(Framework framework, String id) {
        return framework.rings().stream()
                .flatMap(ring -> ring.dimensions().stream())
                .filter(dimension -> dimension.id().equals(id))
                .map(Framework.Dimension::title)
                .findFirst()
                .orElse(id);
    }

    IndicatorView view(String id) {
        String ring = wording.find(id).stream()
                .flatMap(indicator -> indicator.slots().stream())
                .filter(slot -> slot.framework().equals(edition.framework().id()))
                .map(Indicator.Slot::ring)
                .findFirst()
                .orElse("");
        String unit = wording.find(id).map(Indicator::unit).orElse("");
        List<String> all = edition.peers().levels(id);
        List<String> levels = all.stream()
                .filter(level -> edition.peers()
                                .ranking(id, level, wording.direction(id))
                                .peers()
                                .size()
                        > 1)
                .toList();
        // what is known of one region alone has no peers, but years
        List<String> overYears = levels.isEmpty() ? all : levels;
        Series series = series(id, overYears.isEmpty() ? "" : overYears.get(0), unit, Trends.kind(ring));
        return new IndicatorView(
                id,
                wording.title(id),
                wording.description(id),
                unit,
                Trends.kind(ring),
                facts(id, ring),
                wording.find(id).map(Indicator::references).orElse(List.of()),
                levels.stream().map(level -> level(id, level, ring, unit)).toList(),
                series.drawing(),
                series.data(),
                series.note(),
                overYears.stream().flatMap(level -> travels(id, level)).toList(),
                download(id));
    }

    private List<IndicatorView.Fact> facts(String id, String ring) {
        List<IndicatorView.Fact> facts = new ArrayList<>();
        Optional<Indicator> indicator = wording.find(id);
        indicator.ifPresent(found -> {
            fact(facts, "unit", found.unit());
            fact(facts, "formula", found.formulaText());
            fact(facts, "universe", found.universe());
            fact(facts, "direction", choice("direction", found.direction().name()));
            fact(facts, "lens", choice("lens", found.lens()));
            fact(facts, "perspective", found.perspective().orElse(""));
            fact(facts, "roll-up", choice("roll-up", found.rollUp().name()));
            fact(facts, "proxy", found.proxy().map(Wording::sentence).orElse(""));
            fact(facts, "places", places(found));
        });
        Optional<Catalogue.BoundarySet> set = Optional.ofNullable(
                edition.catalogue().boundarySets().get(edition.notes().boundarySet()));
        String unit = indicator.map(Indicator::unit).orElse("");
        set.flatMap(found -> found.boundary(id))
                .ifPresent(boundary -> fact(
                        facts,
                        "ceiling",
                        edition.texts().figure(boundary.value(), unit) + ". " + Wording.sentence(boundary.source())));
        set.flatMap(found -> found.floor(id))
                .ifPresent(floor -> fact(
                        facts,
                        "floor",
                        edition.texts().figure(floor.value(), unit) + ". " + Wording.sentence(floor.source())));
        return facts;
    }

    private void fact(List<IndicatorView.Fact> facts, String key, String text) {
        if (!text.isBlank()) {
            facts.add(new IndicatorView.Fact(edition.texts().get("fact." + key), text));
        }
    }

    private String choice(String kind, String value) {
        return edition.texts().getOr(kind + "." + value.toLowerCase(Locale.ROOT), value);
    }

    private IndicatorView.Level level(String id, String level, String ring, String unit) {
        Texts texts = edition.texts();
        Ranking ranking = edition.peers().ranking(id, level, wording.direction(id));
        List<String> without = edition.geography().regions().values().stream()
                .filter(region -> region.level().equals(level)
                        && ranking.of(region.code()).isEmpty())
                .map(org.regionaldoughnut.model.Region::name)
                .toList();
        String names =
                without.size() > NAMES_GIVEN ? texts.get("index.count", without.size()) : String.join(", ", without);
        Comparisons comparisons =
                new Comparisons(wording, edition.peers(), edition.geography().region(""));
        return new IndicatorView.Level(
                edition.levels(level),
                pages.map(id, unit, level, ring, Optional.empty()),
                comparisons.bars(
                        id,
                        Trends.kind(ring),
                        unit,
                        ranking,
                        OptionalDouble.empty(),
                        Optional.empty(),
                        MOST_ROWS,
                        edition::href),
                texts.get("index.count", ranking.peers().size()),
                names);
    }

    private Stream<IndicatorView.Travel> travels(String id, String level) {
        SlopeWords words = new SlopeWords(edition.texts());
        return edition.slopes().of(id, level).stream()
                .map(slope -> new IndicatorView.Travel(
                        edition.geography().region(slope.region()).name(),
                        edition.href(slope.region()),
                        edition.texts()
                                .get("travel.years", slope.firstYear() + "", slope.lastYear() + "", slope.years()),
                        words.signed(slope.slope().getAsDouble()),
                        slope.error().isPresent() ? words.between(slope) : "",
                        words.target(slope)));
    }

    private record Series(String drawing, String data, String note) {}

    /** Lines of all regions of the level; where they are too many, of those at both ends and in the middle. */
    private Series series(String id, String level, String unit, String kind) {
        Map<String, Map<Integer, Double>> lines = new LinkedHashMap<>();
        edition.database()
                .each(
                        "SELECT p.name || ' (' || i.region || ')' AS label, coalesce(i.reference_year, i.year) AS"
                                + " about, i.value FROM indicators_files i JOIN places p ON p.code = i.region WHERE"
                                + " i.indicator = ? AND p.level = ? AND i.breakdown = '_T' AND isfinite(i.value) ORDER BY"
                                + " p.name, i.region, about",
                        List.of(id, level),
                        row -> lines.computeIfAbsent(text(row, "label"), key -> new TreeMap<>())
                                .put(row.getInt("about"), row.getDouble("value")));
        long years = lines.values().stream()
                .flatMap(line -> line.keySet().stream())
                .distinct()
                .count();
        if (years < LEAST_YEARS) {
            return new Series("", "", edition.texts().get("indicator.no-series"));
        }
        List<String> names = new ArrayList<>(lines.keySet());
        String note = "";
        if (names.size() > MOST_LINES) {
            note = edition.texts().get("indicator.some-lines", MOST_LINES, names.size());
            names.sort(java.util.Comparator.comparingDouble(name -> last(lines.get(name))));
            int step = names.size() / MOST_LINES + 1;
            List<String> some = new ArrayList<>();
            for (int i = 0; i < names.size(); i += step) {
                some.add(names.get(i));
            }
            names = some;
        }
        Map<String, Map<Integer, Double>> shown = new LinkedHashMap<>();
        names.forEach(name -> shown.put(name, lines.get(name)));
        String title = edition.texts().get("indicator.series-title", wording.title(id), unit);
        return new Series(new SeriesChart(title, shown, edition.texts()::number).draw(kind), json(shown), note);
    }

    private static double last(Map<Integer, Double> line) {
        double last = 0;
        for (double value : line.values()) {
            last = value;
        }
        return last;
    }

    private static String json(Map<String, Map<Integer, Double>> lines) {
        TreeMap<Integer, Boolean> years = new TreeMap<>();
        lines.values().forEach(line -> line.keySet().forEach(year -> years.put(year, true)));
        ObjectNode root = new ObjectMapper().createObjectNode();
        ArrayNode x = root.putArray("x");
        years.keySet().forEach(x::add);
        ArrayNode array = root.putArray("lines");
        lines.forEach((name, line) -> {
            ArrayNode y = array.addObject().put("name", name).putArray("y");
            years.keySet().forEach(year -> {
                Double value = line.get(year);
                if (value == null) {
                    y.addNull();
                } else {
                    y.add(value);
                }
            });
        });
        return root.toString();
    }

    /** Figures of all regions and periods. A text a spreadsheet would take for a formula is led by an apostrophe. */
    private String download(String id) {
        String page = PageName.indicator(id);
        String file = page.substring(0, page.length() - ".html".length()) + ".csv";
        Path path = edition.html().resolve(file);
        Templates.whole(path, part -> edition.database()
                .execute("COPY (SELECT i.indicator, i.region, " + harmless("p.name") + " AS region_name, i.period,"
                        + " i.value, i.unit, i.lower, i.upper, i.obs_status, " + harmless("i.reason") + " AS reason"
                        + " FROM indicators_files i LEFT JOIN places p ON p.code = i.region WHERE i.breakdown = '_T'"
                        + " AND i.indicator = " + literal(id) + " ORDER BY i.region, i.period) TO "
                        + literal(part.toString()) + " (FORMAT csv, HEADER)"));
        return file;
    }

    private static String harmless(String column) {
        return "CASE WHEN regexp_matches(" + column + ", '^[=+@\\t\\r-]') THEN '''' || " + column + " ELSE " + column
                + " END";
    }
}

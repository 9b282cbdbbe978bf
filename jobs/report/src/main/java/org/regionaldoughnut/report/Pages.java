package org.regionaldoughnut.report;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.office.Catalogue;
import org.regionaldoughnut.report.drawing.DoughnutDrawing;
import org.regionaldoughnut.report.pdf.PdfDocument;
import org.regionaldoughnut.report.pdf.Press;

/**
 * The pages of a release: {@code html/<region>.html} and {@code pdf/<region>.pdf} for every region with a doughnut, and
 * around them the site: {@code index.html}, a page for each indicator, quality, revisions and data.
 */
public final class Pages {
    private final Edition edition;
    private final Templates templates;
    private final Map<String, Object> shared;
    private final Script charts = Script.charts();
    private final Script search = Script.search();

    private Pages(Edition edition) {
        this.edition = edition;
        this.templates = new Templates(edition.texts());
        this.shared = shared(edition);
    }

    /**
     * Writes the pages into the release's folder, in the given language, without maps and PDF.
     *
     * @see #write(Path, Catalogue, PageSettings, BiConsumer)
     */
    public static int write(
            Path release,
            Catalogue catalogue,
            Locale locale,
            Set<String> regions,
            BiConsumer<Integer, Integer> progress) {
        return write(release, catalogue, PageSettings.of(locale).with(regions), progress);
    }

    /**
     * Writes the pages into the release's folder.
     *
     * @param release a draft or release with {@code parquet/indicators}, {@code parquet/doughnut} and {@code
     *     parquet/regions}; {@code release.json} is read where it is there, and so is the release before in {@code
     *     ../../releases}
     * @param catalogue titles and slots; its first framework with the rings {@code social} and {@code ecological} makes
     *     the doughnut
     * @param progress region pages and index written so far, and to write
     * @return region pages written, the index included
     * @throws DoughnutException where tables are missing or cannot be read, a region is unknown, or the folder cannot be
     *     written
     */
    public static int write(
            Path release, Catalogue catalogue, PageSettings settings, BiConsumer<Integer, Integer> progress) {
        Framework framework = framework(catalogue);
        ReleaseNotes notes = ReleaseNotes.read(release, framework.id());
        Optional<EarlierRelease> earlier = EarlierRelease.before(release, notes, framework.id());
        try (ReleaseDatabase database = ReleaseDatabase.open(
                release, framework.id(), notes.boundarySet(), earlier.map(EarlierRelease::folder))) {
            Set<String> known =
                    new ReleaseTables(database, framework.id()).periods().keySet();
            Set<String> wanted = wanted(known, settings.regions(), notes.id());
            Edition edition = Edition.of(release, notes, earlier, database, catalogue, framework, settings, wanted);
            return new Pages(edition).write(progress);
        }
    }

    /**
     * Loads what pages are made with: the database, the templates and, where they are wanted, the fonts and the press of
     * PDFs. In a new process that takes a processor seconds, which are better spent while others wait for figures.
     */
    public static void prepare(PageSettings settings) {
        ReleaseDatabase.load();
        new Templates(new Texts(settings.locale())).load("region.peb");
        if (settings.pdf()) {
            PdfDocument.load();
        }
    }

    static Framework framework(Catalogue catalogue) {
        return catalogue.frameworks().values().stream()
                .filter(framework -> Edition.ring(framework, Framework.SOCIAL).isPresent()
                        && Edition.ring(framework, Framework.ECOLOGICAL).isPresent())
                .findFirst()
                .orElseThrow(() -> new DoughnutException(
                        ExitCode.CONFIGURATION,
                        "Cannot draw doughnuts: none of the frameworks "
                                + catalogue.frameworks().keySet() + " has the rings " + Framework.SOCIAL + " and "
                                + Framework.ECOLOGICAL + ". Add one under conf/frameworks."));
    }

    private static Set<String> wanted(Set<String> known, Set<String> regions, String release) {
        for (String region : regions) {
            if (!known.contains(region)) {
                throw new DoughnutException(
                        ExitCode.USAGE,
                        "Cannot write the page of region " + region + ": release " + release
                                + " has no doughnut for it." + NearMiss.hint(region, known)
                                + " Name regions by their codes.");
            }
        }
        return new LinkedHashSet<>(regions.isEmpty() ? known : regions);
    }

    /** One pass over the regions: the page of each that is wanted, and its entry in the index; then the site. */
    private int write(BiConsumer<Integer, Integer> progress) {
        try (Press press = new Press(Runtime.getRuntime().availableProcessors())) {
            int written = write(press, progress);
            press.finish();
            return written;
        }
    }

    private int write(Press press, BiConsumer<Integer, Integer> progress) {
        RegionPage regions = new RegionPage(edition);
        IndexPage index = new IndexPage(edition, regions);
        int total = edition.wanted().size() + 1;
        int done = 0;
        for (String code : edition.geography().withDoughnut()) {
            Edition.Content content = edition.content(code);
            if (edition.wanted().contains(code)) {
                RegionView view = regions.view(content);
                page(
                        "region.peb",
                        "region",
                        view,
                        PageName.of(code),
                        view.trends().isEmpty() ? Script.NONE : charts);
                pdf(press, "pdf-region.peb", "region", view, PageName.pdf(code));
                progress.accept(++done, total);
            }
            index.add(content);
        }
        site(regions);
        IndexView all = index.view();
        page("index.peb", "index", all, "index.html", search);
        pdf(press, "pdf-index.peb", "index", all, "index.pdf");
        progress.accept(++done, total);
        return done;
    }

    private void site(RegionPage regions) {
        IndicatorPages indicators = new IndicatorPages(edition, regions);
        for (String id : indicators.ids()) {
            IndicatorView view = indicators.view(id);
            Script script = view.series().isEmpty() ? Script.NONE : charts;
            page("indicator.peb", "indicator", view, PageName.indicator(id), script);
        }
        SitePages site = new SitePages(edition);
        page("indicators.peb", "directory", indicators.directory(), "indicators.html", search);
        page("quality.peb", "quality", site.quality(), "quality.html", Script.NONE);
        page("revisions.peb", "revisions", site.revisions(), "revisions.html", Script.NONE);
        page("data.peb", "data", site.data(), "data.html", Script.NONE);
        new DictionaryPage(edition.release(), edition.texts())
                .view()
                .ifPresent(view -> page("dictionary.peb", "words", view, DictionaryPage.FILE, Script.NONE));
    }

    private void page(String template, String name, Object view, String file, Script script) {
        Map<String, Object> model = new LinkedHashMap<>(shared);
        model.put("script", script);
        model.put(name, view);
        templates.write(template, model, edition.html().resolve(file));
    }

    private void pdf(Press press, String template, String name, Object view, String file) {
        if (!edition.settings().pdf()) {
            return;
        }
        Map<String, Object> model = new LinkedHashMap<>(shared);
        model.put(name, view);
        String xhtml = templates.text(template, model);
        press.print(() -> Templates.whole(edition.pdf().resolve(file), part -> {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                PdfDocument.write(xhtml, out);
            }
        }));
    }

    private static Map<String, Object> shared(Edition edition) {
        Texts texts = edition.texts();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("notes", edition.notes());
        model.put("created", texts.date(edition.notes().created()));
        model.put("inputs", edition.notes().written(texts));
        model.put("patterns", DoughnutDrawing.patterns());
        model.put("language", texts.language());
        model.put("direction", texts.direction());
        model.put("dictionaryPage", new DictionaryPage(edition.release(), texts).isThere() ? DictionaryPage.FILE : "");
        return model;
    }
}

package org.regionaldoughnut.report;

import static org.regionaldoughnut.report.ReleaseDatabase.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Gathers the pages about the release as a whole: quality, revisions, data. */
record SitePages(Edition edition) {

    /**
     * @param statuses how many figures have which status
     * @param missing how many doughnut slots have no figure, by reason
     * @param waivers batches that went on although they break a rule
     */
    record Quality(
            List<Line> statuses, List<Coverage> coverage, List<Line> missing, List<ReleaseNotes.Waiver> waivers) {}

    record Line(String name, String count) {}

    record Coverage(String indicator, String href, String level, String regions, String share, String estimated) {}

    record Revisions(String earlier, List<Revision> lines) {}

    record Revision(String indicator, String href, String why, String regions, String largest) {}

    record Data(List<Download> files) {}

    record Download(String name, String href, String size) {}

    Quality quality() {
        Texts texts = edition.texts();
        List<Line> statuses = new ArrayList<>();
        edition.database()
                .each(
                        "SELECT obs_status, count(*) AS n FROM indicators_files WHERE breakdown = '_T' GROUP BY 1"
                                + " ORDER BY n DESC, 1",
                        List.of(),
                        row -> statuses.add(new Line(
                                edition.wording().status(text(row, "obs_status")), texts.whole(row.getInt("n")))));
        List<Coverage> coverage = new ArrayList<>();
        edition.database()
                .each(
                        "WITH levels AS (SELECT level, count(*) AS regions FROM places WHERE level NOT IN ('RESIDUAL',"
                                + " 'EXTRA') GROUP BY 1) SELECT n.indicator, p.level, count(*) AS have,"
                                + " any_value(l.regions) AS regions, count(CASE WHEN n.obs_status IN ('E', 'I', 'F') THEN"
                                + " 1 END) AS estimated FROM nearest n JOIN places p ON p.code = n.region JOIN levels l ON"
                                + " l.level = p.level GROUP BY 1, 2 ORDER BY 1, 2",
                        List.of(),
                        row -> coverage.add(new Coverage(
                                edition.wording().title(text(row, "indicator")),
                                PageName.indicator(text(row, "indicator")),
                                edition.levels(text(row, "level")),
                                texts.get(
                                        "quality.of",
                                        texts.whole(row.getInt("have")),
                                        texts.whole(row.getInt("regions"))),
                                texts.percent(Math.floor(1000.0 * row.getInt("have") / row.getInt("regions")) / 10),
                                texts.whole(row.getInt("estimated")))));
        List<Line> missing = new ArrayList<>();
        edition.database()
                .each(
                        "SELECT coalesce(nullif(trim(reason), ''), '') AS reason, count(*) AS n FROM doughnut JOIN"
                                + " newest USING (region, period) WHERE value IS NULL AND indicator <> '_T' GROUP BY 1"
                                + " ORDER BY n DESC, 1 LIMIT 20",
                        List.of(),
                        row -> missing.add(new Line(
                                text(row, "reason").isEmpty()
                                        ? texts.get("reason.unsaid")
                                        : Wording.sentence(text(row, "reason")),
                                texts.whole(row.getInt("n")))));
        return new Quality(statuses, coverage, missing, edition.notes().waived(texts));
    }

    Revisions revisions() {
        Texts texts = edition.texts();
        List<Revision> lines = edition.changes().summary().stream()
                .filter(line -> !line.kind().equals("same"))
                .map(line -> new Revision(
                        edition.wording().title(line.indicator()),
                        PageName.indicator(line.indicator()),
                        texts.get("change." + line.kind()),
                        texts.whole(line.regions()),
                        line.largest().isPresent()
                                ? texts.percent(line.largest().getAsDouble())
                                : ""))
                .toList();
        return new Revisions(edition.earlier().map(e -> e.notes().id()).orElse(""), lines);
    }

    /** Every file of the release but its pages and its copy of the configuration. */
    Data data() {
        Map<String, Download> files = new TreeMap<>();
        Path release = edition.release();
        try (Stream<Path> walk = Files.walk(release)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String name = release.relativize(file).toString().replace('\\', '/');
                boolean hidden = file.getFileName().toString().startsWith(".");
                if (!hidden && !name.startsWith("html/") && !name.startsWith("conf/") && !name.startsWith("pdf/")) {
                    files.put(name, new Download(name, href(file), size(Files.size(file))));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Data(List.copyOf(files.values()));
    }

    /** From the page, wherever it lies. */
    private String href(Path file) {
        Path from = edition.html().toAbsolutePath().normalize();
        return from.relativize(file.toAbsolutePath().normalize())
                .toString()
                .replace('\\', '/')
                .replace(" ", "%20");
    }

    private String size(long bytes) {
        return bytes < 1024 * 1024
                ? edition.texts().get("data.kilobytes", edition.texts().number(Math.max(1, bytes / 1024)))
                : edition.texts().get("data.megabytes", edition.texts().number(bytes / 1024.0 / 1024));
    }
}

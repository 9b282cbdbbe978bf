package org.regionaldoughnut.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.office.Catalogue;
import org.regionaldoughnut.report.RegionView.Link;
import org.regionaldoughnut.report.drawing.DoughnutDrawing;

/** Everything the pages of one release share. */
record Edition(
        Path release,
        ReleaseNotes notes,
        Optional<EarlierRelease> earlier,
        ReleaseDatabase database,
        ReleaseTables tables,
        Peers peers,
        Changes changes,
        Slopes slopes,
        Catalogue catalogue,
        Framework framework,
        Geography geography,
        PageSettings settings,
        Set<String> wanted,
        Wording wording,
        DoughnutDrawing drawing) {

    static Edition of(
            Path release,
            ReleaseNotes notes,
            Optional<EarlierRelease> earlier,
            ReleaseDatabase database,
            Catalogue catalogue,
            Framework framework,
            PageSettings settings,
            Set<String> wanted) {
        ReleaseTables tables = new ReleaseTables(database, framework.id());
        Texts texts = new Texts(settings.locale());
        return new Edition(
                release,
                notes,
                earlier,
                database,
                tables,
                new Peers(database, framework.id()),
                new Changes(database, framework.id()),
                new Slopes(database, framework.id(), notes.boundarySet()),
                catalogue,
                framework,
                new Geography(tables.regions(), tables.periods()),
                settings,
                wanted,
                new Wording(texts, catalogue),
                new DoughnutDrawing(texts::percent, texts.get("drawing.safe-space")));
    }

    Texts texts() {
        return wording.texts();
    }

    Path html() {
        return settings.target().orElse(release).resolve("html");
    }

    Path pdf() {
        return settings.target().orElse(release).resolve("pdf");
    }

    Maps maps() {
        return new Maps(texts(), settings.outlines(), geography);
    }

    Link link(Region region) {
        return new Link(region.name(), href(region.code()));
    }

    /** The page of the region, where there is one or will be. */
    String href(String code) {
        String page = PageName.of(code);
        boolean there =
                wanted.contains(code) || geography.periods().containsKey(code) && Files.exists(html().resolve(page));
        return there ? page : "";
    }

    String level(String level) {
        return level.isEmpty() ? "" : texts().getOr("level." + level, level);
    }

    String levels(String level) {
        return texts().getOr("levels." + level, level);
    }

    /** The rows that may stand in the doughnut's rings. */
    List<DoughnutRow> headlines(List<DoughnutRow> rows) {
        return rows.stream()
                .filter(row -> row.framework().equals(framework.id()) && wording.isHeadline(row))
                .toList();
    }

    RegionRing ring(String id, List<DoughnutRow> rows) {
        return RegionRing.of(framework.id(), ring(framework, id).orElseThrow(), headlines(rows));
    }

    static Optional<Framework.Ring> ring(Framework framework, String id) {
        return framework.rings().stream().filter(ring -> ring.id().equals(id)).findFirst();
    }

    /** What is read of one region. */
    record Content(Region region, String period, List<DoughnutRow> rows, RegionRing floor, RegionRing ceiling) {
        int year() {
            return period.matches("\\d{4}.*") ? Integer.parseInt(period.substring(0, 4)) : 0;
        }
    }

    Content content(String code) {
        List<DoughnutRow> rows = tables.doughnut(code);
        return new Content(
                geography.region(code),
                geography.periods().get(code),
                rows,
                ring(Framework.SOCIAL, rows),
                ring(Framework.ECOLOGICAL, rows));
    }
}

package org.regionaldoughnut.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.office.Catalogue;
import org.regionaldoughnut.report.Edition.Content;
import org.regionaldoughnut.report.delivery.Parcel;

/** What recipients of e-mails get of a release: the PDF of a region or of the whole, and its essence in words. */
public final class Parcels implements AutoCloseable {
    private final Edition edition;
    private final RegionPage regions;

    private Parcels(Edition edition) {
        this.edition = edition;
        this.regions = new RegionPage(edition);
    }

    /** @param release a folder whose pages and PDFs are written */
    public static Parcels open(Path release, Catalogue catalogue, PageSettings settings) {
        Framework framework = Pages.framework(catalogue);
        ReleaseNotes notes = ReleaseNotes.read(release, framework.id());
        Optional<EarlierRelease> earlier = EarlierRelease.before(release, notes, framework.id());
        ReleaseDatabase database =
                ReleaseDatabase.open(release, framework.id(), notes.boundarySet(), earlier.map(EarlierRelease::folder));
        return new Parcels(
                Edition.of(release, notes, earlier, database, catalogue, framework, settings, settings.regions()));
    }

    /** @param region code; empty for the whole office */
    public Optional<Parcel> of(String region) {
        String file = region.isEmpty() ? "index.pdf" : PageName.pdf(region);
        Path pdf = edition.release().resolve("pdf").resolve(file);
        boolean known = region.isEmpty() || edition.geography().periods().containsKey(region);
        if (!known || !Files.isRegularFile(pdf)) {
            return Optional.empty();
        }
        return Optional.of(region.isEmpty() ? whole(pdf) : one(region, pdf));
    }

    private Parcel whole(Path pdf) {
        Texts texts = edition.texts();
        int count = edition.geography().withDoughnut().size();
        String title = edition.notes().title().isEmpty()
                ? texts.get("site.title")
                : edition.notes().title();
        String summary = texts.get("mail.whole", title, texts.get("index.count", count));
        return new Parcel(edition.notes().id(), "", title, signed(summary), pdf);
    }

    private Parcel one(String region, Path pdf) {
        Texts texts = edition.texts();
        Content content = edition.content(region);
        var picture = regions.picture(content);
        long changed = edition.changes().of(region).stream()
                .filter(change -> !change.kind().equals("same"))
                .count();
        String changes = edition.earlier().isPresent()
                ? texts.get(
                        "mail.changes", changed, edition.earlier().get().notes().id())
                : texts.get("change.first");
        String summary = picture.description() + "\n\n" + changes;
        return new Parcel(edition.notes().id(), region, picture.title(), signed(summary), pdf);
    }

    private String signed(String summary) {
        return summary + "\n\n"
                + edition.texts().get("mail.attached", edition.notes().id()) + "\n";
    }

    @Override
    public void close() {
        edition.database().close();
    }
}

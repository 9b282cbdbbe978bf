package org.regionaldoughnut.ingest.landing;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.Place;
import org.regionaldoughnut.office.Secrets;
import org.regionaldoughnut.office.Source;

/** The folder of a storage where what was fetched is kept, one folder a source: {@code received/<source>/}. */
public final class Landing {
    private final Path folder;
    private final Secrets secrets;
    private final DownloadRules rules;

    /** @param storage folder of the office's storage */
    public Landing(Path storage, Secrets secrets, DownloadRules rules) {
        this.folder = storage.toAbsolutePath().resolve("received");
        this.secrets = secrets;
        this.rules = rules;
    }

    /** The source with the path its files have here; as it is where it lies on this machine anyway. */
    public Source at(Source source) {
        return source.place()
                .map(place -> source.at(
                        folder.resolve(source.id()).resolve(place.files()).toString()))
                .orElse(source);
    }

    /**
     * Brings what is new at the source's place.
     *
     * @throws DoughnutException exit code 5 where the place cannot be reached
     */
    public void fetch(Source source) {
        if (source.place().isEmpty()) {
            return;
        }
        Path files = folder.resolve(source.id());
        Place place = source.place().get();
        if (place instanceof Place.Web web) {
            new Download(rules).fetch(order(source, web, files));
        } else if (place instanceof Place.Database database) {
            new Extraction(
                            source.id(),
                            database,
                            secrets.resolve(database.url(), source.file()),
                            database.user().map(user -> secrets.resolve(user, source.file())),
                            database.password().map(password -> secrets.resolve(password, source.file())),
                            files)
                    .extract();
        }
    }

    private Download.Order order(Source source, Place.Web web, Path files) {
        Map<String, String> headers = new LinkedHashMap<>();
        web.headers().forEach((name, value) -> headers.put(name, secrets.resolve(value, source.file())));
        URI place;
        try {
            place = URI.create(secrets.resolve(web.url(), source.file()));
        } catch (IllegalArgumentException e) {
            throw new DoughnutException(
                    ExitCode.CONFIGURATION,
                    "Cannot fetch the source '" + source.id() + "' from " + web.url()
                            + ": it is no address. Correct location.url of the source.");
        }
        return new Download.Order(source.id(), place, web.url(), headers, web.sha256(), files.resolve(web.files()));
    }
}

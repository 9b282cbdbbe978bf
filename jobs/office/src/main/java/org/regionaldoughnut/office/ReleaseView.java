package org.regionaldoughnut.office;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A view over the tables of a release that is not stored in it: every reader of a release can make it from its query.
 *
 * @param name of the view
 * @param tables of the release it reads
 * @param query in the SQL of DuckDB
 */
public record ReleaseView(String name, List<String> tables, String query) {
    /**
     * The assets map of a region: {@code capital, indicator, region, year, there, value, unit, reference_year,
     * obs_status, peers_median, peers_least, peers_most, peers, beside_peers, past_year, past_value, change, since_past,
     * reason}. Peers are the regions of the same level. The past is the newest figure at least five years older, else the
     * oldest there is.
     */
    public static final ReleaseView ASSETS =
            new ReleaseView("assets", List.of("doughnut", "indicators", "regions"), text("assets.sql"));

    /** Every view. */
    public static final List<ReleaseView> ALL = List.of(ASSETS);

    public ReleaseView {
        tables = List.copyOf(tables);
    }

    private static String text(String file) {
        try (InputStream in = ReleaseView.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.regionaldoughnut.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.CsvTable;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.report.map.GeoJson;
import org.regionaldoughnut.report.map.Outlines;

/**
 * How an office wants its pages.
 *
 * @param locale language of messages and numbers
 * @param regions codes of the regions to write; empty for all
 * @param outlines shapes of the regions, {@link Outlines#NONE} for pages without maps
 * @param panel id of the framework shown as a panel of its own, for instance the circular economy
 * @param pdf whether each region also gets a PDF
 */
public record PageSettings(Locale locale, Set<String> regions, Outlines outlines, Optional<String> panel, boolean pdf) {
    public PageSettings {
        regions = Set.copyOf(regions);
    }

    public static PageSettings of(Locale locale) {
        return new PageSettings(locale, Set.of(), Outlines.NONE, Optional.empty(), false);
    }

    /**
     * Reads {@code report.language}, {@code report.geometry} or {@code report.tiles}, {@code report.panel} and
     * {@code report.pdf} of the office.
     *
     * @throws DoughnutException where the named geometry cannot be read
     */
    public static PageSettings of(Office office) {
        JsonNode report = office.settings().path("report");
        Locale locale = Locale.forLanguageTag(report.path("language").asText("en"));
        Optional<String> panel = Optional.of(report.path("panel").asText("")).filter(id -> !id.isEmpty());
        return new PageSettings(
                locale,
                Set.of(),
                outlines(office, report),
                panel,
                report.path("pdf").asBoolean(true));
    }

    public PageSettings with(Set<String> wanted) {
        return new PageSettings(locale, wanted, outlines, panel, pdf);
    }

    private static Outlines outlines(Office office, JsonNode report) {
        JsonNode geometry = report.path("geometry");
        if (geometry.isObject()) {
            return geometry(office, geometry);
        }
        Map<String, int[]> tiles = new LinkedHashMap<>();
        report.path("tiles")
                .fields()
                .forEachRemaining(tile -> tiles.put(tile.getKey(), new int[] {
                    tile.getValue().path(0).asInt(1), tile.getValue().path(1).asInt(1)
                }));
        return tiles.isEmpty() ? Outlines.NONE : Outlines.ofTiles(tiles);
    }

    /** A file that is not there leaves the pages without maps only where the office says so with {@code optional}. */
    private static Outlines geometry(Office office, JsonNode geometry) {
        String named = geometry.path("file").asText();
        Optional<String> data = office.setting("data");
        if (named.contains("${data}") && data.isEmpty()) {
            return Outlines.NONE;
        }
        Path file = office.folder().resolve(named.replace("${data}", data.orElse("")));
        if (!Files.isRegularFile(file)) {
            throw new DoughnutException(
                    ExitCode.CONFIGURATION,
                    "Cannot draw maps: report.geometry.file names " + file + ", which is not there. Put the file there,"
                            + " correct the path in " + office.folder().resolve("office.yaml")
                            + ", or remove the key.");
        }
        Map<String, String> codes = new LinkedHashMap<>();
        String correspondence = geometry.path("correspondence").asText("");
        if (!correspondence.isEmpty()) {
            CsvTable.read(office.correspondenceFile(correspondence), "from", "to")
                    .rows()
                    .forEach(row -> codes.put(row.get("from"), row.get("to")));
        }
        return GeoJson.read(file, geometry.path("property").asText(), codes);
    }
}

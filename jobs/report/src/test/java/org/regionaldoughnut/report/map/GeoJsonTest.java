package org.regionaldoughnut.report.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.model.DoughnutException;

class GeoJsonTest {
    @TempDir
    private Path folder;

    @Test
    void outlinesAreDrawnInOneSpaceUnderTheOfficesCodes() throws Exception {
        Path file = Files.writeString(
                folder.resolve("map.geojson"),
                "{\"type\":\"FeatureCollection\",\"features\":["
                        + "{\"properties\":{\"id\":\"a\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}},"
                        + "{\"properties\":{\"id\":\"tiny\"},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[[[[3,1],[3.0001,1],[3,1.0001],[3,1]]]]}},"
                        + "{\"properties\":{},\"geometry\":null}]}");
        Outlines outlines = GeoJson.read(file, "id", Map.of("a", "R1"));
        assertThat(outlines.byRegion().keySet()).containsExactly("R1", "tiny");
        assertThat(outlines.byRegion().get("R1").path()).startsWith("M1 561l").endsWith("Z");
        assertThat(outlines.byRegion().get("tiny").path()).endsWith("h3v3h-3Z");
    }

    @Test
    void aFileThatIsNoMapIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("map.geojson"), "{\"features\":[]}");
        assertThatThrownBy(() -> GeoJson.read(file, "GSS", Map.of()))
                .isInstanceOf(DoughnutException.class)
                .hasMessageContaining("no feature has the property 'GSS'");
        Files.writeString(file, "no json");
        assertThatThrownBy(() -> GeoJson.read(file, "GSS", Map.of())).hasMessageStartingWith("Cannot read the map ");
    }

    @Test
    void theNationsAndRegionsOfTheUnitedKingdomFitIntoAPage() {
        Path file = Path.of(System.getProperty("project.root", "."))
                .resolve("../shared/data/uk/regions/uk_nations_and_eng_regions_2011.geojson");
        assumeTrue(Files.exists(file), "needs " + file);
        Outlines outlines = GeoJson.read(file, "GSS", Map.of());
        assertThat(outlines.byRegion()).hasSize(12).containsKey("E12000007");
        assertThat(outlines.byRegion().values().stream()
                        .mapToInt(o -> o.path().length())
                        .sum())
                .isLessThan(40_000);
    }
}

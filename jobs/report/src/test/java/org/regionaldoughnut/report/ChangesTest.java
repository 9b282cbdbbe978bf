package org.regionaldoughnut.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangesTest {
    private static final String EARLIER = "{\"id\":\"office-1\",\"office\":\"o\",\"created\":\"2026-01-01T00:00:00Z\"}";
    private static final String NOW = "{\"id\":\"office-2\",\"office\":\"o\",\"created\":\"2026-02-01T00:00:00Z\"}";

    @TempDir
    private Path storage;

    @Test
    void aPageSaysWhatIsNewWhatWasRevisedAndWhatIsGone() throws Exception {
        write("releases/office-1", EARLIER, 10.0, 5.0, "unemployment");
        Path draft = write("drafts/office-2", NOW, 12.0, 5.0, "smoking");
        Pages.write(draft, UkFixture.catalogue(), Locale.ENGLISH, Set.of(), (done, total) -> {});
        String page = Files.readString(draft.resolve("html/R1.html"));
        assertThat(page)
                .contains("Compared with release office-1. One figure is the same.")
                .containsPattern("(?s)Food insecurity</th><td>Revised by the publisher</td>"
                        + "<td class=\"number\">10% \\(10% from the boundary\\)</td>"
                        + "<td class=\"number\">12% \\(12% from the boundary\\)</td>")
                .contains("Unemployment</th><td>No longer published")
                .contains("Women among managers</th><td>New figure");
        assertThat(Files.readString(draft.resolve("html/revisions.html")))
                .contains("Food insecurity")
                .contains("20%");
    }

    @Test
    void theFirstReleaseHasNothingToCompareItWith() throws Exception {
        Path draft = write("drafts/office-2", NOW, 12.0, 5.0, "smoking");
        Pages.write(draft, UkFixture.catalogue(), Locale.ENGLISH, Set.of(), (done, total) -> {});
        assertThat(Files.readString(draft.resolve("html/R1.html"))).contains("This is the first release");
    }

    /** @param other a third indicator, of the earlier release or of this one */
    private Path write(String folder, String json, double food, double internet, String other) throws Exception {
        Path release = Files.createDirectories(storage.resolve(folder));
        try (ReleaseFixture fixture = new ReleaseFixture(release)) {
            fixture.region("R1", "One", "NUTS1", null)
                    .row("R1", "social", "food", "food-insecurity", food, "%", "share", null, food, null)
                    .row(
                            "R1",
                            "social",
                            "connectivity",
                            "no-internet-use",
                            internet,
                            "%",
                            "share",
                            null,
                            internet,
                            null);
            if (other.equals("unemployment")) {
                fixture.row("R1", "social", "income-and-work", other, 4.0, "%", "share", null, 4.0, null);
            } else {
                fixture.row("R1", "social", "equality", "women-among-managers", 40.0, "%", "share", null, 20.0, null);
            }
            return fixture.write(json);
        }
    }
}

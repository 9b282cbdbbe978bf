package org.regionaldoughnut.report;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Leaves the pages of the fixture in a folder, to be looked at: {@code -Dkeep=FOLDER}. */
@EnabledIfSystemProperty(named = "keep", matches = ".+")
class KeptPagesTest {
    @Test
    void pagesAreLeftToBeLookedAt() throws Exception {
        Path release = UkFixture.write(Path.of(System.getProperty("keep")));
        Pages.write(release, UkFixture.catalogue(), Locale.UK, Set.of(), (done, total) -> {});
    }
}

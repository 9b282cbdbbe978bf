package org.regionaldoughnut.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.report.map.Outlines;

/** The site as a browser shows it. Skipped without Chromium, unless {@code -Dservices=required}. */
class SiteInBrowserTest {
    private static final List<String> PAGES = List.of(
            "index.html",
            "UKC.html",
            "indicator-co2-per-person.html",
            "indicators.html",
            "quality.html",
            "revisions.html",
            "data.html",
            "dictionary.html");

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static Path html;

    @BeforeAll
    static void openTheSite() throws Exception {
        browser = Browser.start(folder.resolve("profile"));
        Path release = UkFixture.write(Files.createDirectories(folder.resolve("release")));
        PageSettings settings = new PageSettings(
                Locale.UK, Set.of(), tiles(), Optional.of("eu-circular-economy"), false, Optional.empty());
        Pages.write(release, UkFixture.catalogue(), settings, (done, total) -> {});
        html = release.resolve("html");
    }

    private static Outlines tiles() {
        Map<String, int[]> places = new LinkedHashMap<>();
        for (int i = 0; i < 12; i++) {
            places.put("UK" + (char) ('C' + i), new int[] {1 + i % 4, 1 + i / 4});
        }
        return Outlines.ofTiles(places);
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void noPageMakesTheBrowserComplain() throws Exception {
        for (String page : PAGES) {
            assertThat(browser.open(html.resolve(page).toUri(), 1200, 900, false))
                    .as(page)
                    .isEmpty();
        }
    }

    @Test
    void everyPagePassesTheAccessibilityCheckInLightAndDark() throws Exception {
        String axe = axe();
        for (boolean dark : new boolean[] {false, true}) {
            for (String page : PAGES) {
                browser.open(html.resolve(page).toUri(), 1200, 900, dark);
                browser.evaluate(axe + "; 0");
                JsonNode found = browser.evaluate("axe.run(document, {resultTypes: ['violations']}).then(result =>"
                        + " result.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 160) + ' '"
                        + " + n.failureSummary.slice(0, 200))))");
                List<String> violations = new ArrayList<>();
                found.forEach(text -> violations.add(text.asText()));
                assertThat(violations).as(page + (dark ? ", dark" : ", light")).isEmpty();
            }
        }
    }

    @Test
    void noPageIsWiderThanAPhone() throws Exception {
        for (String page : PAGES) {
            browser.open(html.resolve(page).toUri(), 390, 800, false);
            int width = browser.evaluate("document.documentElement.scrollWidth").asInt();
            assertThat(width).as(page).isLessThanOrEqualTo(390);
        }
    }

    @Test
    void searchKeepsWhatWasAskedForAndSaysHowMany() throws Exception {
        browser.open(html.resolve("index.html").toUri(), 1200, 900, false);
        JsonNode found = browser.evaluate("(() => { const box = document.getElementById('search'); box.value ="
                + " 'north'; box.dispatchEvent(new Event('input')); return {said:"
                + " document.getElementById('search-found').textContent, shown: [...document.querySelectorAll('.gallery >"
                + " li')].filter(li => !li.hidden && li.offsetHeight > 0).length}; })()");
        assertThat(found.path("said").asText()).isEqualTo("3 found");
        assertThat(found.path("shown").asInt()).isEqualTo(3);
    }

    @Test
    void chartsAnswerToThePointerAndStandWithoutScripts() throws Exception {
        browser.open(html.resolve("UKC.html").toUri(), 1200, 900, false);
        assertThat(browser.evaluate("document.querySelectorAll('.trend.is-live canvas').length")
                        .asInt())
                .isEqualTo(browser.evaluate("document.querySelectorAll('.trend svg.line-chart').length")
                        .asInt())
                .isPositive();
        browser.open(html.resolve("indicator-co2-per-person.html").toUri(), 1200, 900, false);
        assertThat(browser.evaluate("document.querySelectorAll('.series-box canvas').length")
                        .asInt())
                .isEqualTo(1);
        assertThat(browser.evaluate("document.querySelectorAll('.series-box svg .line').length")
                        .asInt())
                .isEqualTo(12);
    }

    private static String axe() throws Exception {
        try (InputStream script = SiteInBrowserTest.class.getResourceAsStream("/axe/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

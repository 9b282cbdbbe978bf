package org.regionaldoughnut.report.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityPagesTest {
    @TempDir
    Path folder;

    private static Finding finding(String outcome, String message, Optional<String> waiver, BadRow... rows) {
        return new Finding(
                "r2",
                "social",
                "3f9ac2",
                "one-row-per-key",
                "IsPrimaryKey \"region\"",
                "error",
                "stop",
                "Uniqueness (accuracy and reliability)",
                outcome,
                Optional.of(0.5),
                "no key twice",
                message,
                rows.length,
                "Two figures contradict each other.",
                "social-statistics",
                waiver,
                "2026-03-01T09:00:00Z",
                List.of(1.0, Double.NaN, 0.75, 0.5),
                List.of(rows));
    }

    private String write(SourceQuality source, String page) throws IOException {
        new QualityPages().write(folder, "Office", List.of(source), Optional.of(Map.entry("r2", List.of(source))));
        return Files.readString(folder.resolve(page));
    }

    private static SourceQuality social(Finding... findings) {
        return new SourceQuality("social", "Social figures", "Statistics <Office>", List.of(findings));
    }

    @Test
    void aStoppedSourceSaysWhichRuleBrokeWhyAndOnWhichRows() throws IOException {
        BadRow row = new BadRow("social-2019.csv", 17, 9, "99", "batch_stopped", "key (UKC) stands in 2 rows");
        SourceQuality source = social(finding("failed", "2 of 9 rows fail.", Optional.empty(), row));
        String page = write(source, "source-social.html");
        assertThat(page)
                .contains("stopped", "Two figures contradict each other.", "IsPrimaryKey", "social-2019.csv")
                .contains(
                        ">17<",
                        "key (UKC) stands in 2 rows",
                        "aria-label=\"Earlier figures, oldest first: 1; 0.7500; 0.5000\"");
        assertThat(Files.readString(folder.resolve("index.html")))
                .contains("source-social.html", "run-r2.html", "stopped");
        assertThat(Files.readString(folder.resolve("run-r2.html"))).contains("Social figures");
    }

    @Test
    void markupAndFormulasOfAFileAreShownAsText() throws IOException {
        BadRow row = new BadRow(
                "<img src=x onerror=alert(1)>", 2, 1, "=HYPERLINK(\"http://x\")", "flagged", "<script>x()</script>");
        String page =
                write(social(finding("failed", "</p><script>", Optional.of("<b>late</b>"), row)), "source-social.html");
        assertThat(page)
                .contains("&lt;script&gt;x()", "&lt;img src=x", "=HYPERLINK(&quot;http://x&quot;)", "&lt;b&gt;late")
                .doesNotContain("<script", "<img", "<b>late");
    }

    @Test
    void aSourceWithoutAJudgementSaysSo() throws IOException {
        assertThat(write(social(), "source-social.html")).contains("not judged yet", "No rule was asked yet.");
        assertThat(social(finding("passed", "", Optional.empty())).state()).isEqualTo("in order");
        assertThat(social(finding("failed", "m", Optional.of("waived"))).state())
                .isEqualTo("let pass by a waiver");
    }

    @Test
    void aPageCanBeReadByKeyboardAndScreenReader() throws IOException {
        String page = write(social(finding("passed", "", Optional.empty())), "source-social.html");
        assertThat(page)
                .contains(
                        "<html lang=\"en\">",
                        "<main id=\"content\">",
                        "href=\"#content\"",
                        "scope=\"col\"",
                        "<caption>")
                .contains("tabindex=\"0\" role=\"region\"");
    }
}

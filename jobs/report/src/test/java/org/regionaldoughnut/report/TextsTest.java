package org.regionaldoughnut.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.regionaldoughnut.model.ObsStatus;

class TextsTest {
    private final Texts english = new Texts(Locale.ENGLISH);
    private final Texts german = new Texts(Locale.GERMAN);

    @Test
    void figuresHaveThreeSignificantDigits() {
        assertThat(english.number(8.1694)).isEqualTo("8.17");
        assertThat(english.number(0.0034567)).isEqualTo("0.00346");
        assertThat(english.number(45678.9)).isEqualTo("45,679");
        assertThat(english.number(347_830_000_000.0)).isEqualTo("347.8 billion");
        assertThat(english.number(-0.0)).isEqualTo("0");
    }

    @Test
    void numbersAndPercentsAreWrittenAsTheLanguageDoes() {
        assertThat(english.figure(9.25, "% of households")).isEqualTo("9.2% of households");
        assertThat(german.figure(1234.5, "t")).isEqualTo("1.234 t");
        assertThat(german.percent(12.34)).isEqualTo("12,3\u00a0%");
        assertThat(english.percent(5000)).isEqualTo("5,000%");
        assertThat(english.percent(-0.04)).isEqualTo("0%");
    }

    @Test
    void periodsAreWrittenAsPeopleDo() {
        assertThat(english.period("2019")).isEqualTo("2019");
        assertThat(english.period("2019-04-01/P1Y")).isEqualTo("2019/20");
        assertThat(english.period("1999-04-01/P1Y")).isEqualTo("1999/00");
        assertThat(english.period("2017-01-01/P3Y")).isEqualTo("2017–2019");
        assertThat(english.period("2019-Q3")).isEqualTo("Q3 2019");
        assertThat(english.period("2021-05")).isEqualTo("May 2021");
        assertThat(english.period("2021-13")).isEqualTo("2021-13");
        assertThat(english.period("sometime")).isEqualTo("sometime");
    }

    @Test
    void datesComeFromDatesAndInstants() {
        assertThat(english.date("2020-10-15")).isEqualTo("October 15, 2020");
        assertThat(new Texts(Locale.UK).date("2026-11-23T17:00:00Z")).isEqualTo("23 November 2026");
        assertThat(english.date("spring")).isEqualTo("spring");
    }

    @Test
    void lettersNoPageMayHoldAreReplaced() {
        assertThat(Texts.printable("a\u0000b\uFFFEc\uD800d")).isEqualTo("a b\uFFFDc\uFFFDd");
        assertThat(Texts.printable(null)).isEmpty();
    }

    @Test
    void everyStatusOfTheCodeListHasAWord() {
        for (ObsStatus status : ObsStatus.values()) {
            assertThat(english.getOr("status." + status.name(), "")).isNotEmpty();
        }
    }

    @Test
    void everyMessageIsAPatternWithoutBareApostrophes() throws Exception {
        Properties messages = messages();
        messages.forEach((key, pattern) -> {
            assertThat(pattern.toString()).as(key.toString()).doesNotContain("'");
            new MessageFormat(pattern.toString(), Locale.ROOT);
        });
    }

    @Test
    void theSecondLanguageHasEveryMessageWithTheSamePlaces() throws Exception {
        Properties french = properties("messages_fr.properties");
        Pattern places = Pattern.compile("\\{\\d");
        messages().forEach((key, pattern) -> {
            assertThat(french).as(key.toString()).containsKey(key);
            Set<String> here = new TreeSet<>();
            Set<String> there = new TreeSet<>();
            places.matcher(pattern.toString()).results().forEach(match -> here.add(match.group()));
            places.matcher(french.getProperty(key.toString())).results().forEach(match -> there.add(match.group()));
            assertThat(there).as(key.toString()).isEqualTo(here);
            assertThat(french.getProperty(key.toString())).doesNotContain("'");
        });
        assertThat(french).hasSameSizeAs(messages());
        assertThat(new Texts(Locale.FRANCE).get("gap.inside", new Texts(Locale.FRANCE).percent(12.5)))
                .isEqualTo("aucun : 12,5\u00a0% sous le plafond");
    }

    @Test
    void everyMessageATemplateNamesIsThere() throws Exception {
        Set<String> named = new TreeSet<>();
        for (String template : new String[] {
            "layout.peb",
            "region.peb",
            "region-changes.peb",
            "region-comparison.peb",
            "region-trends.peb",
            "region-lenses.peb",
            "region-figures.peb",
            "region-frameworks.peb",
            "region-reading.peb",
            "parts.peb",
            "index.peb",
            "search.peb",
            "sources.peb",
            "indicator.peb",
            "indicators.peb",
            "quality.peb",
            "revisions.peb",
            "data.peb",
            "pdf-layout.peb",
            "pdf-region.peb",
            "pdf-index.peb",
            "pdf-parts.peb",
            "pdf-sources.peb"
        }) {
            Pattern.compile("text\\(\"([a-z.-]+)\"[,)]")
                    .matcher(resource(template))
                    .results()
                    .forEach(match -> named.add(match.group(1)));
        }
        assertThat(messages().stringPropertyNames()).containsAll(named);
    }

    private static Properties messages() throws Exception {
        return properties("messages.properties");
    }

    private static Properties properties(String name) throws Exception {
        Properties messages = new Properties();
        try (InputStream file = Texts.class.getResourceAsStream(name)) {
            messages.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        }
        return messages;
    }

    private static String resource(String name) throws Exception {
        try (InputStream file = Texts.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package org.regionaldoughnut.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.model.Boundary;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.Floor;
import org.regionaldoughnut.office.Catalogue;
import org.regionaldoughnut.office.Catalogue.BoundarySet;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PagesTest {
    private static final int LARGEST_PAGE = 400_000;

    @TempDir
    private Path folder;

    @Test
    void everyRegionGetsAPageAndTheIndexComesLast() throws Exception {
        Path release = UkFixture.write(folder);
        List<String> progress = new ArrayList<>();
        int pages = Pages.write(
                release,
                UkFixture.catalogue(),
                Locale.ENGLISH,
                Set.of(),
                (done, total) -> progress.add(done + "/" + total));
        assertThat(pages).isEqualTo(13);
        assertThat(progress).hasSize(13).startsWith("1/13").endsWith("13/13");
        assertThat(regionFiles()).hasSize(12).contains("UKC.html", "UKN.html");
        assertThat(files())
                .contains("index.html", "indicators.html", "quality.html", "revisions.html", "data.html")
                .contains("indicator-co2-per-person.html");
    }

    @Test
    void pagesAreWellFormedSmallAndNeedNothingElse() throws Exception {
        writeUk();
        for (String file : files()) {
            String page = page(file);
            parse(page);
            assertThat(page.length()).as(file).isLessThan(LARGEST_PAGE);
            assertThat(page)
                    .as(file)
                    .doesNotContain("<script ")
                    .doesNotContain("src=\"")
                    .doesNotContain("@import");
            assertThat(words(page))
                    .as(file)
                    .doesNotContain("NaN")
                    .doesNotContain("Infinity")
                    .doesNotContain("null");
        }
    }

    @Test
    void idsAreUniqueAndEveryLinkInsideTheReleaseLeadsSomewhere() throws Exception {
        writeUk();
        for (String file : files()) {
            List<String> ids = attributes(page(file), "id");
            assertThat(ids).as(file).doesNotHaveDuplicates();
            for (String href : attributes(page(file), "href")) {
                if (href.startsWith("#")) {
                    assertThat(ids).as(file).contains(href.substring(1));
                } else if (!href.startsWith("https:")) {
                    assertThat(folder.resolve("html").resolve(href)).as(file).exists();
                }
            }
        }
    }

    @Test
    void aPageSaysWhatItShowsToThoseWhoCannotSeeIt() throws Exception {
        writeUk();
        Document page = parse(page("UKC.html"));
        assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
        assertThat(page.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("North East: regional doughnut 2019");
        assertThat(page.getElementsByTagName("main").getLength()).isEqualTo(1);
        assertThat(page.getElementsByTagName("h1").getLength()).isEqualTo(1);
        assertThat(page.getElementsByTagName("desc").item(0).getTextContent())
                .startsWith("Social foundation: 7 of 12 dimensions have figures. Largest: ")
                .contains("Ecological ceiling: 3 of 9 dimensions have figures.");
    }

    @Test
    void theTableTwinHasEveryDimensionWithItsFigureOrItsReason() throws Exception {
        writeUk();
        String page = page("UKN.html");
        assertThat(page).contains("Food insecurity").contains("2019/20");
        assertThat(page).contains("The publisher has no figure for this region.");
        assertThat(page).contains("Ozone layer depletion").contains("Peace and justice");
        assertThat(page)
                .contains("Feels unsafe after dark: 10 of 12 regions have a figure; none for Northern Ireland,"
                        + " Scotland.");
        assertThat(page).contains("Emissions of end users stand in for those of consumption");
        assertThat(page).contains("Fewer than half of the ring&#39;s dimensions have a figure.");
    }

    @Test
    void otherFrameworksShowContextAndNameWhatTheyLack() throws Exception {
        writeUk();
        assertThat(page("UKC.html"))
                .contains("Eight capitals")
                .contains("Goods imports per person")
                .contains("HM Revenue &amp; Customs")
                .contains("sample-2026-11-23-1");
    }

    @Test
    void aTrendSaysHowFastAndHowSureAndWhetherThatIsEnough() throws Exception {
        try (ReleaseFixture fixture = new ReleaseFixture(folder)) {
            fixture.region("R1", "One", "NUTS1", null).region("R2", "Two", "NUTS1", null);
            for (String region : List.of("R1", "R2")) {
                fixture.row(region, "social", "food", "food-insecurity", 8.0, "%", "share", null, 8.0, null);
                for (int year = 2010; year < 2020; year++) {
                    fixture.figure(region, "food-insecurity", "" + year, 8.0 + 2019 - year, "%");
                }
            }
            fixture.trend("R1", "social", "food-insecurity", -1.0, 0.25, 8, true)
                    .trend("R2", "social", "food-insecurity", 0.5, 0.5, 8, false)
                    .write("{\"id\":\"r\",\"boundary_set\":\"test-set\"}");
        }
        Pages.write(folder, UkFixture.catalogue(), Locale.ENGLISH, Set.of(), (done, total) -> {});
        assertThat(page("R1.html"))
                .contains("From 2010 to 2019 the shortfall fell by 1 percentage points a year. 95% interval: −1.49 to"
                        + " −0.51. Fast enough to get there by 2030.");
        assertThat(page("R2.html"))
                .contains("From 2010 to 2019 the shortfall rose by 0.5 percentage points a year. 95% interval: −0.48 to"
                        + " +1.48. It may as well stand still. Too slow to get there by 2030: that takes 0.727 points a"
                        + " year.");
        assertThat(page("indicator-food-insecurity.html"))
                .contains("How fast it changes")
                .contains("2010 to 2019, 10 observed")
                .contains("−1.49 to −0.51");
    }

    @Test
    void aRegionIsShownUnderEverySetOfBoundariesWhereTheyDiffer() throws Exception {
        writeUk();
        assertThat(page("UKC.html"))
                .contains("Under other floors and ceilings")
                .contains("other-set")
                .containsPattern(
                        "(?s)Median shortfall</th><td class=\"number\">[^<]+</td><td class=\"number\">7%</td>");
    }

    @Test
    void theAssetsMapSaysWhatIsThereBesidePeersAndPastAndWhatIsMissing() throws Exception {
        writeUk();
        assertThat(page("UKC.html"))
                .contains("What the region can build on")
                .containsPattern("(Better|Worse) than the median of NUTS 1 regions, ")
                .contains("1 of 2 indicators have figures")
                .contains("Goods imports per person: No source of the office holds it.")
                .containsPattern("Better than in 201\\d: ");
    }

    @Test
    void figuresByGroupCarryTheTitlesOfTheirCodesAndOnceWhatTheyShare() throws Exception {
        writeUk();
        assertThat(page("UKC.html"))
                .contains("By group")
                .contains("% of adults; Aged 15 or more, 2019")
                .contains("<th scope=\"row\">Women</th>")
                .contains("<th scope=\"row\">SEX: M</th>");
    }

    @Test
    void theDictionaryExplainsEveryTableColumnAndCode() throws Exception {
        writeUk();
        assertThat(page("dictionary.html"))
                .contains("1,234 rows")
                .contains("Indicator of the &lt;catalogue&gt;.")
                .contains("href=\"#codes-obs-status\"")
                .contains("Normal value");
        assertThat(page("data.html")).contains("href=\"dictionary.html\"");
    }

    @Test
    void aRuleThatWasSetAsideIsNamedWithTheReasonAndWhoDecided() throws Exception {
        writeUk();
        assertThat(page("quality.html"))
                .contains("Sustainable Development Goals, regional indicators")
                .contains("social-1")
                .contains("Two tables come later")
                .contains("A. Clerk")
                .contains("December 31, 2026");
    }

    @Test
    void anOvershootOfFiveThousandPercentIsCutInThePictureAndWholeInTheTable() throws Exception {
        try (ReleaseFixture fixture = new ReleaseFixture(folder)) {
            fixture.region("R1", "One", "NUTS1", null)
                    .row(
                            "R1",
                            "ecological",
                            "climate-change",
                            "co2-per-person",
                            48.45,
                            "t",
                            "ceiling",
                            0.95,
                            5000.0,
                            null)
                    .figure("R1", "co2-per-person", "2019", 48.45, "t");
            write(fixture.write("{\"id\":\"r\"}"));
        }
        assertThat(page("R1.html"))
                .contains("class=\"cut\"")
                .contains(">+5,000%</textPath>")
                .contains("51.00");
    }

    @Test
    void aRegionWithoutAnyFigureGetsAnHonestPageAndOneWithoutRowsNone() throws Exception {
        try (ReleaseFixture fixture = new ReleaseFixture(folder)) {
            fixture.region("EMPTY", "Empty quarter", "NUTS1", null)
                    .region("ABSENT", "Not in the doughnut", "NUTS1", null)
                    .missing("EMPTY", "social", "food", "_Z", "no source covers it")
                    .median("EMPTY", "social", null, null, null, 0, 12, "no dimension has a figure");
            write(fixture.write("{}"));
        }
        assertThat(regionFiles()).containsExactly("EMPTY.html");
        String page = page("EMPTY.html");
        parse(page);
        assertThat(page).contains("No source covers it.").contains("No dimension has a figure.");
        assertThat(page).contains("0 of 12 dimensions have figures.").doesNotContain("wedge short counted\"><title");
        assertThat(page).doesNotContain("falls short of its floor", "is beyond its ceiling");
    }

    @Test
    void figuresThatAreNoNumbersAreMissing() throws Exception {
        try (ReleaseFixture fixture = new ReleaseFixture(folder)) {
            fixture.region("R1", "One", "NUTS1", null)
                    .row("R1", "social", "food", "food-insecurity", 5.0, "%", "share", null, Double.NaN, null)
                    .row(
                            "R1",
                            "ecological",
                            "climate-change",
                            "co2",
                            1.0,
                            "t",
                            "ceiling",
                            1.0,
                            Double.POSITIVE_INFINITY,
                            null);
            write(fixture.write("{}"));
        }
        String page = page("R1.html");
        parse(page);
        assertThat(words(page)).doesNotContain("NaN").doesNotContain("∞").doesNotContain("Infinity");
        assertThat(page).contains("The value cannot be set against a floor or ceiling.");
    }

    @Test
    void namesCannotBreakThePage() throws Exception {
        String script = "</title><script>alert('x')</script> \"Q\" & <b>";
        String arabic = "\u202Eشمال شرق\u0007";
        String long_ = "Longname ".repeat(200);
        try (ReleaseFixture fixture = new ReleaseFixture(folder)) {
            fixture.region("A/../B", script, "NUTS1", "UP")
                    .region("UP", script, "NUTS0", null)
                    .region("RTL", arabic, "NUTS1", "UP")
                    .region("LONG", long_, "NUTS1", "LONG");
            for (String region : List.of("A/../B", "RTL", "LONG")) {
                fixture.missing(region, "social", "food", "_Z", script);
                fixture.row(region, "social", "<dim>", "<ind>", 5.0, "<u>", "share", null, 5.0, script);
            }
            write(fixture.write("{\"id\":\"<i>\",\"title\":\"<t>\",\"inputs\":[{\"source\":\"s\",\"title\":\"<x>\","
                    + "\"url\":\"javascript:alert(1)\"}]}"));
        }
        assertThat(files()).allMatch(file -> file.matches("[A-Za-z0-9-]+\\.html"));
        assertThat(regionFiles()).hasSize(3);
        for (String file : files()) {
            parse(page(file));
            assertThat(page(file))
                    .doesNotContain("<script>alert")
                    .doesNotContain("javascript:")
                    .doesNotContain("<dim>");
        }
        assertThat(page("RTL.html")).contains("<h1><bdi>\u202Eشمال شرق </bdi></h1>");
    }

    @Test
    void floorsAndCeilingsNameTheirSources() throws Exception {
        Catalogue uk = UkFixture.catalogue();
        Boundary ceiling = new Boundary(
                "co2-per-person",
                0.95,
                0,
                "t",
                Optional.of(2017),
                "planetary",
                "per-capita",
                Optional.of("consumption"),
                Optional.empty(),
                "Fanning & Raworth 2025");
        Floor floor = new Floor("road-deaths", 1.518, Optional.of(6.41), "", Optional.empty(), "half of UK 2010");
        BoundarySet set = new BoundarySet("test-set", "Test set of 2019", "", List.of(ceiling), List.of(floor));
        Catalogue catalogue = new Catalogue(uk.indicators(), Map.of("test-set", set), uk.frameworks());
        Pages.write(UkFixture.write(folder), catalogue, Locale.UK, Set.of("UKC"), (done, total) -> {});
        assertThat(page("UKC.html"))
                .contains("Test set of 2019")
                .contains("0.95 t CO₂ per person. Fanning &amp; Raworth 2025.")
                .contains("1.52 deaths per 100,000. Half of UK 2010.");
    }

    @Test
    void anIndicatorThatIsContextInItsDimensionStaysOutOfTheRing() throws Exception {
        try (ReleaseFixture fixture = new ReleaseFixture(folder)) {
            fixture.region("R1", "One", "NUTS1", null)
                    .row("R1", "social", "health", "smoking", 15.0, "%", "threshold", 5.0, 50.0, null)
                    .figure("R1", "smoking", "2019", 15.0, "%");
            write(fixture.write("{}"));
        }
        assertThat(page("R1.html"))
                .doesNotContain("wedge short counted\"><title>")
                .contains("Context and second indicators: shown, not in the rings.")
                .contains("Smoking");
    }

    @Test
    void onlyTheRegionsAskedForAreWrittenAndTheIndexLinksThemAlone() throws Exception {
        Path release = UkFixture.write(folder);
        int pages = Pages.write(release, UkFixture.catalogue(), Locale.UK, Set.of("UKI"), (done, total) -> {});
        assertThat(pages).isEqualTo(2);
        assertThat(regionFiles()).containsExactly("UKI.html");
        assertThat(page("index.html"))
                .contains("href=\"UKI.html\"")
                .doesNotContain("href=\"UKC.html\"")
                .contains("Wales");
    }

    @Test
    void manyRegionsMakeAnIndexWithoutDrawings() throws Exception {
        try (ReleaseFixture fixture = new ReleaseFixture(folder)) {
            for (int i = 0; i < 70; i++) {
                fixture.region("R" + i, "Region " + i, "NUTS3", null).missing("R" + i, "social", "food", "_Z", "none");
            }
            write(fixture.write("{}"));
        }
        assertThat(page("index.html")).doesNotContain("role=\"img\"").contains("Region 69");
        assertThat(page("R1.html")).contains("The index lists every region.");
    }

    @Test
    void numbersFollowTheLocale() throws Exception {
        Pages.write(UkFixture.write(folder), UkFixture.catalogue(), Locale.GERMANY, Set.of("UKC"), (done, total) -> {});
        assertThat(page("UKC.html")).contains("lang=\"de-DE\"").containsPattern("\\d,\\d\u00a0%");
    }

    @Test
    void anUnknownRegionIsRefusedWithTheNearestOne() throws Exception {
        Path release = UkFixture.write(folder);
        assertThatThrownBy(() -> Pages.write(release, UkFixture.catalogue(), Locale.UK, Set.of("UKCC"), (d, t) -> {}))
                .isInstanceOf(DoughnutException.class)
                .hasMessageContaining("Cannot write the page of region UKCC")
                .hasMessageContaining("Did you mean 'UKC'?");
        assertThat(folder.resolve("html")).doesNotExist();
    }

    @Test
    void aFolderWithoutTablesIsRefused() {
        assertThatThrownBy(() -> Pages.write(folder, UkFixture.catalogue(), Locale.UK, Set.of(), (d, t) -> {}))
                .isInstanceOfSatisfying(
                        DoughnutException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageContaining("the table indicators is not in");
    }

    @Test
    void aBrokenParquetFileIsRefusedAndNothingIsWritten() throws Exception {
        Path release = UkFixture.write(folder);
        Files.writeString(release.resolve("parquet/doughnut/part-0.parquet"), "no parquet");
        assertThatThrownBy(() -> Pages.write(release, UkFixture.catalogue(), Locale.UK, Set.of(), (d, t) -> {}))
                .isInstanceOf(DoughnutException.class)
                .hasMessageStartingWith("Cannot read the tables of ");
        assertThat(folder.resolve("html")).doesNotExist();
    }

    @Test
    void aPlaceThatCannotBeWrittenIsAClearError() throws Exception {
        Path release = UkFixture.write(folder);
        Files.writeString(folder.resolve("html"), "a file where the folder should be");
        assertThatThrownBy(() -> Pages.write(release, UkFixture.catalogue(), Locale.UK, Set.of(), (d, t) -> {}))
                .isInstanceOf(DoughnutException.class)
                .hasMessageStartingWith("Cannot write ");
    }

    @Test
    void writingAgainGivesTheSamePagesAndLeavesNothingBeside() throws Exception {
        writeUk();
        String first = page("UKC.html");
        write(folder);
        assertThat(page("UKC.html")).isEqualTo(first);
        assertThat(regionFiles()).hasSize(12);
    }

    private void writeUk() throws Exception {
        write(UkFixture.write(folder));
    }

    private static void write(Path release) {
        Pages.write(release, UkFixture.catalogue(), Locale.ENGLISH, Set.of(), (done, total) -> {});
    }

    private String page(String file) throws Exception {
        return Files.readString(folder.resolve("html").resolve(file));
    }

    private List<String> files() throws Exception {
        try (var files = Files.list(folder.resolve("html"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".html"))
                    .toList();
        }
    }

    /** Files that are no page of the site around the regions. */
    private List<String> regionFiles() throws Exception {
        return files().stream()
                .filter(file ->
                        !file.matches("(index|indicators|indicator-.*|quality|revisions|data|dictionary)\\.html"))
                .toList();
    }

    /** The page without tags, style and script. */
    private static String words(String page) {
        return page.replaceAll("(?s)<style>.*?</style>", "")
                .replaceAll("(?s)<script>.*?</script>", "")
                .replaceAll("(?s)<[^>]*>", " ");
    }

    private static List<String> attributes(String page, String name) {
        return java.util.regex.Pattern.compile("[ ]" + name + "=\"([^\"]*)\"")
                .matcher(page.replaceAll("(?s)<script>.*?</script>", ""))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static Document parse(String page) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }
}

package org.regionaldoughnut.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

class OfficeReaderTest {
    private static final String OFFICE = "conf/tiny/office.yaml";
    private static final String SOURCE = "conf/tiny/sources/people.yaml";

    @TempDir
    private Path folder;

    private TinyOffice tiny;

    @BeforeEach
    void aTinyOffice() throws IOException {
        tiny = new TinyOffice(folder);
    }

    @Test
    void anOfficeWithoutProblemsIsReadWhole() {
        Office office = tiny.read();

        assertThat(office.id()).isEqualTo("tiny");
        assertThat(office.timeZone()).hasToString("Europe/London");
        assertThat(office.years()).containsExactly(2019);
        assertThat(office.levels()).containsExactly("NUTS1");
        assertThat(office.approvalRequired()).isFalse();
        assertThat(office.sources()).containsOnlyKeys("people");
        Source people = office.sources().get("people");
        assertThat(people.contract()).isEqualTo("census");
        assertThat(people.series()).isEqualTo("people");
        assertThat(people.path())
                .isEqualTo(tiny.home.resolve("conf/tiny/sources/people.csv").toString());
    }

    @Test
    void anUnknownKeyOfASourceNamesTheNearestOneWithFileAndLine() throws IOException {
        tiny.replace(SOURCE, "publisher:", "publsher:");

        assertThat(problems()).anySatisfy(problem -> {
            assertThat(problem.file().getFileName()).hasToString("people.yaml");
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.message()).isEqualTo("unknown key 'publsher'. Did you mean 'publisher'?");
        });
    }

    @Test
    void anUnknownKeyOfTheOfficeNamesTheNearestOneWithFileAndLine() throws IOException {
        tiny.replace(OFFICE, "time_zone:", "timezone:");

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file().getFileName()).hasToString("office.yaml");
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.message()).isEqualTo("unknown key 'timezone'. Did you mean 'time_zone'?");
        });
    }

    @Test
    void allProblemsOfAllSourcesAreToldAtOnce() throws IOException {
        tiny.replace(SOURCE, "contract: census", "contract: censos")
                .write("conf/tiny/sources/second.yaml", TinyOffice.source("another"))
                .write(
                        "conf/tiny/sources/third.yaml",
                        TinyOffice.source("third").replace("kind: csv", "kind: csw"))
                .write(
                        "conf/tiny/sources/fourth.yaml",
                        TinyOffice.source("fourth").replace("unit:", "units:"));

        ConfigurationException refused = refused();

        assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(refused.problems().stream()
                        .map(problem -> problem.file().getFileName().toString())
                        .distinct())
                .containsExactly("fourth.yaml", "people.yaml", "second.yaml", "third.yaml");
        assertThat(refused)
                .hasMessageStartingWith("Cannot use the configuration: ")
                .hasMessageContaining("people.yaml:5: there is no contract 'censos'. Did you mean 'census'?")
                .hasMessageContaining("second.yaml:1: the id 'another' differs from the file's name second")
                .hasMessageContaining("'format.kind'")
                .hasMessageContaining("the contract census has no column 'units'. Did you mean 'unit'?")
                .hasMessageContaining("required columns of the contract census are not mapped: unit");
    }

    @Test
    void aKeyThatStandsTwiceIsNamedWithTheSecondLine() throws IOException {
        tiny.replace(SOURCE, "licence: OGL-UK-3.0\n", "licence: OGL-UK-3.0\ntitle: Again\n");

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(5);
            assertThat(problem.message()).isEqualTo("the key 'title' stands twice");
        });
    }

    @Test
    void aMapBringsInTheKeysOfOthersAndItsOwnWin() throws IOException {
        tiny.replace(
                "conf/tiny/office.yaml",
                "spark:\n",
                """
                statistics:
                  targets: {<<: [{social: 2030}, {social: 2040, ecological: 2050}], ecological: 2060}
                spark:
                """);

        assertThat(tiny.read().settings().at("/statistics/targets"))
                .hasToString("{\"social\":2030,\"ecological\":2060}");
    }

    @Test
    void aListOrAWordBringsInNothing() throws IOException {
        tiny.replace(SOURCE, "format: {kind: csv}", "format: {<<: csv, kind: csv}");

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(7);
            assertThat(problem.message()).isEqualTo("what '<<' brings in is no map");
        });
    }

    @Test
    void whatIsNotYamlIsToldWithItsLine() throws IOException {
        tiny.replace(SOURCE, "format: {kind: csv}", "format: {kind: csv");

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isBetween(7, 9);
            assertThat(problem.message()).startsWith("is not YAML: ");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"title: a\u0000b", "? [a, b]\n: c", "a: &a\n  b: *a"})
    void textThatYamlCannotHoldIsAProblemOfTheFileAndNoFailure(String text) throws IOException {
        tiny.write(SOURCE, text);

        assertThat(problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem.file())
                .hasFileName("people.yaml"));
    }

    @Test
    void bytesThatAreNotUtf8AreAProblemOfTheFile() throws IOException {
        Files.write(tiny.home.resolve(SOURCE), new byte[] {'i', 'd', ':', ' ', (byte) 0xE9, '\n'});

        assertThat(problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .isEqualTo("is not UTF-8 text"));
    }

    @Test
    void settingsOfTheCommandLineWinOverTheEnvironmentOverTheOfficeOverTheDefaults() {
        assertThat(tiny.read().setting("spark.conf.spark")).isEmpty();
        assertThat(tiny.read()
                        .settings()
                        .at("/spark/conf/spark.sql.shuffle.partitions")
                        .asText())
                .isEqualTo("3");
        assertThat(tiny.read().setting("spark.master")).hasValue("local[*]");
        assertThat(tiny.read().setting("publication.approval")).hasValue("none");

        tiny.environment("DOUGHNUT_CONF_spark__master", "local[2]")
                .environment("DOUGHNUT_CONF_publication__approval", "required");
        assertThat(tiny.read().setting("spark.master")).hasValue("local[2]");
        assertThat(tiny.read().approvalRequired()).isTrue();

        tiny.set("spark.master=local[7]");
        assertThat(tiny.read().setting("spark.master")).hasValue("local[7]");
        assertThat(tiny.read().approvalRequired()).isTrue();
    }

    @Test
    void nullRemovesAndListsReplace() {
        Office office =
                tiny.set("spark.master=null").set("doughnut.years=[2015, 2017]").read();

        assertThat(office.setting("spark.master")).isEmpty();
        assertThat(office.years()).containsExactly(2015, 2017);
        assertThat(office.levels()).containsExactly("NUTS1");
    }

    @Test
    void aSettingChangesTheIdentityOfTheOfficeAndTheSameSettingsDoNot() {
        String before = tiny.read().hash();

        assertThat(tiny.read().hash()).isEqualTo(before);
        assertThat(tiny.set("doughnut.years=[2018]").read().hash()).isNotEqualTo(before);
    }

    @Test
    void aSettingWithoutAnEqualsSignIsAnErrorOfUse() {
        tiny.set("spark.master");

        assertThatThrownBy(tiny::read)
                .isInstanceOfSatisfying(
                        DoughnutException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("'spark.master'")
                .hasMessageContaining("--set key=value");
    }

    @Test
    void anUnknownKeyOfTheCommandLineIsRefused() {
        tiny.set("doughnut.yeers=[2019]");

        assertThat(problems()).anySatisfy(problem -> assertThat(problem.message())
                .isEqualTo("unknown key 'yeers'. Did you mean 'years'?"));
    }

    @Test
    void aVariableOfALocationWithoutAValueSaysHowToGiveIt() throws IOException {
        tiny.replace(SOURCE, "{path: people.csv}", "{path: \"${data}/people.csv\"}");

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(6);
            assertThat(problem.message()).contains("${data} has no value", "--set data=");
        });
    }

    @Test
    void theFolderOfTheDataIsRelativeToTheOfficeInItsFileAndToTheWorkingDirectoryOnTheCommandLine() throws IOException {
        tiny.replace(SOURCE, "{path: people.csv}", "{path: \"${data}/people.csv\"}")
                .replace(OFFICE, "boundary_set:", "data: ../figures\nboundary_set:");
        assertThat(tiny.read().sources().get("people").path())
                .isEqualTo(tiny.home.resolve("conf/figures/people.csv").toString());

        tiny.set("data=received");
        assertThat(tiny.read().sources().get("people").path())
                .isEqualTo(tiny.home.resolve("received/people.csv").toString());
    }

    @Test
    void anUnknownOfficeNamesTheNearestAndAllKnownOnes() {
        assertThatThrownBy(() -> tiny.read("tyni"))
                .isInstanceOfSatisfying(
                        DoughnutException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageContaining("Cannot find the office 'tyni'")
                .hasMessageContaining("Did you mean 'tiny'?")
                .hasMessageContaining("Known offices: tiny.");
    }

    @Test
    void anOfficeMayBeGivenAsAFolder() {
        assertThat(tiny.read("conf/tiny").id()).isEqualTo("tiny");
    }

    @Test
    void anOfficeWithoutTheBoundarySetItNamesIsRefused() {
        tiny.set("boundary_set=tiny-sett");

        assertThat(problems()).anySatisfy(problem -> assertThat(problem.message())
                .isEqualTo("there is no boundary set 'tiny-sett'. Did you mean 'tiny-set'?"));
    }

    @Test
    void anUnknownTimeZoneIsRefused() throws IOException {
        tiny.replace(OFFICE, "Europe/London", "Europe/Londn");

        assertThat(problems())
                .anySatisfy(problem -> assertThat(problem.message()).contains("'Europe/Londn'", "'Europe/London'"));
    }

    @Test
    void aSecretIsReplacedWhereItIsNeededAndStandsNowhereElse() throws IOException {
        tiny.replace(OFFICE, "boundary_set:", "database: {password: \"${secret:TINY_PASSWORD}\"}\nboundary_set:")
                .environment("TINY_PASSWORD", "hunter2$1");

        Office office = tiny.read();

        assertThat(office.settings().toString()).doesNotContain("hunter2");
        assertThat(office.toString()).doesNotContain("hunter2");
        assertThat(new Secrets(Map.of("TINY_PASSWORD", "hunter2$1"))
                        .resolve(office.setting("database.password").orElseThrow(), tiny.home.resolve(OFFICE)))
                .isEqualTo("hunter2$1");
    }

    @Test
    void aSecretThatIsNotThereIsNamedAndNoOtherIsPrinted() {
        Secrets secrets = new Secrets(Map.of("OTHER", "hunter2"));

        assertThatThrownBy(() -> secrets.resolve("${secret:OTHER}-${secret:MISSING}", tiny.home.resolve(OFFICE)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the secret MISSING is not in the environment")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void secretsOfTheFileFillWhatTheEnvironmentLeavesOpen() throws IOException {
        Path file = Files.writeString(tiny.home.resolve("secrets"), "# of the night run\nTOKEN = a=b\nOTHER=file\n");
        Secrets secrets = new Secrets(Map.of("DOUGHNUT_SECRETS", file.toString(), "OTHER", "environment"));

        assertThat(secrets.resolve("${secret:TOKEN} ${secret:OTHER}", tiny.home.resolve(OFFICE)))
                .isEqualTo("a=b environment");
        assertThatThrownBy(() -> new Secrets(Map.of("DOUGHNUT_SECRETS", "/nowhere/secrets"))
                        .resolve("${secret:TOKEN}", tiny.home.resolve(OFFICE)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("/nowhere/secrets")
                .hasMessageContaining("DOUGHNUT_SECRETS names it");
    }

    static List<String> shipped() throws IOException {
        try (var folders = Files.list(TinyOffice.PROJECT.resolve("conf"))) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve("office.yaml")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyShippedOfficeIsReadWithoutAProblem(String name) {
        Office office = new OfficeReader(TinyOffice.PROJECT, Map.of(), folder).read(name, List.of("data=anything"));

        assertThat(office.id()).isEqualTo(name);
        assertThat(office.sources()).isNotEmpty();
        assertThat(office.catalogue().indicators()).isNotEmpty();
    }

    private List<Problem> problems() {
        return refused().problems();
    }

    private ConfigurationException refused() {
        ConfigurationException refused = catchThrowableOfType(ConfigurationException.class, tiny::read);
        assertThat(refused).as("the configuration is refused").isNotNull();
        return refused;
    }
}

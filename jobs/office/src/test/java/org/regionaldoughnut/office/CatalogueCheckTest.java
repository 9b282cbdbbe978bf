package org.regionaldoughnut.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions that cannot be computed are refused with file and line before any data are read. */
class CatalogueCheckTest {
    private static final String TONNES = "{table: census, series: [people], where: \"variable = 'area'\", unit: t}";
    private static final String KILOGRAMS = "{table: census, series: [people], where: \"variable = 'area'\", unit: kg}";

    @TempDir
    private Path folder;

    private TinyOffice tiny;

    @BeforeEach
    void aTinyOffice() throws IOException {
        tiny = new TinyOffice(folder);
        tiny.write(
                "conf/frameworks/doughnut.yaml",
                """
                id: doughnut
                title: Doughnut
                source: test
                rings:
                  - {id: social, title: Social, dimensions: [{id: food, title: Food}]}
                """);
    }

    @Test
    void tonnesAreNotAddedToKilograms() throws IOException {
        define("mass", "terms: {a: " + TONNES + ", b: " + KILOGRAMS + "}\n    formula: a + b");

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).hasFileName("test.yaml");
            assertThat(problem.line()).isEqualTo(16);
            assertThat(problem.message()).contains("'mass'", "adds t and kg");
        });
    }

    @Test
    void aFactorBringsThemToOneUnit() throws IOException {
        define("mass", "terms: {a: " + TONNES + ", b: " + KILOGRAMS + "}\n    formula: a + b / 1000");

        assertThat(tiny.read().catalogue().indicators()).containsKey("mass");
    }

    @Test
    void anUnknownNameInAFormulaIsToldWithTheNearestTerm() throws IOException {
        define("mass", "terms: {tonnes: " + TONNES + "}\n    formula: tones * 2");

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(16);
            assertThat(problem.message()).contains("'tones'", "'tonnes'");
        });
    }

    @Test
    void anUnknownColumnIsTold() throws IOException {
        define("mass", "terms: {a: {table: trade, series: [goods], value: net_mas_kg}}\n    formula: a");

        assertThat(problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("no column 'net_mas_kg'", "net_mass_kg"));
    }

    @Test
    void indicatorsThatNeedEachOtherAreTold() throws IOException {
        define("a", "terms: {x: {indicator: b}}\n    formula: x", "b", "terms: {x: {indicator: a}}\n    formula: x");

        assertThat(problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("in a circle: a -> b -> a"));
    }

    @Test
    void aBoundaryEqualToItsBaselineIsRefusedWithItsLine() throws IOException {
        define("mass", "terms: {a: " + TONNES + "}\n    formula: a");
        tiny.write(
                "conf/boundaries/same.yaml",
                """
                id: same
                title: Same
                description: A set for tests.
                source: test
                boundaries:
                  - {indicator: mass, value: 2, baseline: 2, unit: u, year: 2017, kind: planetary, scope: per-capita,
                     perspective: consumption, sharing: none, source: test}
                """);

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).hasFileName("same.yaml");
            assertThat(problem.line()).isEqualTo(6);
            assertThat(problem.message()).contains("two different numbers");
        });
    }

    @Test
    void aFootprintOfTwoTermsThatIsRolledUpIsRefusedForBoth() throws IOException {
        define(
                "footprint",
                "kind: footprint\n    over: breakdown\n    among: NUTS1\n    terms: {flows: " + TONNES + ", demand: "
                        + TONNES + "}");

        assertThat(problems())
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("needs three or four terms over breakdown"))
                .anyMatch(message -> message.contains("not rolled up"))
                .hasSize(2);
    }

    private void define(String... idsAndBodies) throws IOException {
        StringBuilder text = new StringBuilder("indicators:\n");
        for (int i = 0; i < idsAndBodies.length; i += 2) {
            text.append(
                    """
                      - id: %s
                        title: Title
                        description: Says.
                        unit: u
                        formula_text: so
                        lens: local-social
                        direction: lower
                        level: macro
                        form: context
                        universe: people
                        roll_up: sum
                        references: [test]
                        slots: [{framework: doughnut, ring: social, dimension: food}]
                        %s
                    """
                            .formatted(idsAndBodies[i], idsAndBodies[i + 1]));
        }
        tiny.write("conf/indicators/test.yaml", text.toString());
    }

    private List<Problem> problems() {
        ConfigurationException refused = catchThrowableOfType(ConfigurationException.class, tiny::read);
        assertThat(refused).as("the configuration is refused").isNotNull();
        return refused.problems();
    }
}

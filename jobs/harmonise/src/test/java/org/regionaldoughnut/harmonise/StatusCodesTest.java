package org.regionaldoughnut.harmonise;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.regionaldoughnut.office.CsvTable;

class StatusCodesTest {
    private final StatusCodes codes = new StatusCodes(Map.of("eurostat", eurostat()));

    @Test
    void aFlagBesideAFigureIsItsStatus() {
        assertThat(codes.coded("eurostat", "b", true)).isEqualTo("B");
        assertThat(codes.coded("eurostat", "u", true)).isEqualTo("U");
        assertThat(codes.coded("eurostat", "s", true)).isEqualTo("I");
        assertThat(codes.coded("eurostat", "n", true)).isEqualTo("N");
        assertThat(codes.coded("eurostat", null, true)).isNull();
    }

    @Test
    void withoutAFigureLowReliabilityAndConfidentialityMeanSuppressed() {
        assertThat(codes.coded("eurostat", "u", false)).isEqualTo("Q");
        assertThat(codes.coded("eurostat", "c", false)).isEqualTo("Q");
        assertThat(codes.coded("eurostat", "z", false)).isEqualTo("M");
        assertThat(codes.coded("eurostat", "e", false)).isEqualTo("O");
    }

    @Test
    void ofFlagsWrittenTogetherTheStrongestIsTheStatus() {
        assertThat(codes.coded("eurostat", "bu", true)).isEqualTo("B");
        assertThat(codes.coded("eurostat", "pe", true)).isEqualTo("E");
        assertThat(codes.coded("eurostat", "b e", true)).isEqualTo("B");
        assertThat(codes.coded("eurostat", "bc", false)).isEqualTo("Q");
    }

    @Test
    void anUnknownFlagIsKeptAsReceived() {
        assertThat(codes.coded("eurostat", "x", true)).isEqualTo("x");
        assertThat(codes.coded("eurostat", "bx", true)).isEqualTo("bx");
        assertThat(codes.coded("other", "b", true)).isEqualTo("b");
    }

    private static Map<String, Map<String, String>> eurostat() {
        Path list = Path.of(System.getProperty("project.root")).resolve("schemas/codelists/obs-status-eurostat.csv");
        Map<String, Map<String, String>> rows = new TreeMap<>();
        CsvTable.read(list, "received", "code", "without_value")
                .rows()
                .forEach(row -> rows.put(row.get("received"), row));
        return rows;
    }
}

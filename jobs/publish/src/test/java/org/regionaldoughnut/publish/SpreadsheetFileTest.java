package org.regionaldoughnut.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.office.Office;

/** Names come from received files: whatever they hold, a spreadsheet shows them and computes nothing. */
class SpreadsheetFileTest {
    private static final List<String> NAMES = List.of(
            "=HYPERLINK(\"http://example.org\")",
            "+1+1",
            "-2+3",
            "@SUM(A1)",
            "<script>alert(1)</script>",
            "\u202Eشمال\u202C",
            "a\u0001b");

    @TempDir
    Path folder;

    @Test
    void aTextThatLooksLikeAFormulaIsAText() throws IOException {
        Office office = Statistics.office(folder);
        List<ReleaseColumn> columns = ReleaseColumn.of(office.contracts().get("regions"));
        Path file = folder.resolve("regions.xlsx");
        try (SpreadsheetFile sheet = new SpreadsheetFile(file, "regions", columns)) {
            for (String name : NAMES) {
                sheet.row(List.of("I1", "ISLE", name, "NUTS1"));
            }
        }
        StringBuilder xml = new StringBuilder();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                xml.append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(xml)
                .doesNotContain("<f>", "<f ", "<script>", "\u0001")
                .contains("HYPERLINK", "&lt;script&gt;", "&#x634;&#x645;");
    }

    @Test
    void inCsvItStandsBehindAnApostrophe() throws IOException {
        Path file = folder.resolve("names.csv");
        try (CsvFile csv = new CsvFile(file, List.of("name"))) {
            for (String name : NAMES) {
                csv.line(List.of(SpreadsheetText.guarded(name)));
            }
        }
        assertThat(Files.readAllLines(file).subList(1, 5))
                .containsExactly("\"'=HYPERLINK(\"\"http://example.org\"\")\"", "'+1+1", "'-2+3", "'@SUM(A1)");
    }
}

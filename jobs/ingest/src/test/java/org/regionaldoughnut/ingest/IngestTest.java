package org.regionaldoughnut.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.ColumnMapping;
import org.regionaldoughnut.office.Contract;
import org.regionaldoughnut.office.Format;
import org.regionaldoughnut.office.Source;

@ExtendWith(SparkTest.class)
class IngestTest {
    private static final Contract CONTRACT = new Contract(
            "figures",
            Path.of("figures.odcs.yaml"),
            "1",
            "Figures",
            List.of(column("region", true), column("period", true), number("value"), column("obs_status", false)),
            List.of(),
            "hash");

    @TempDir
    Path folder;

    private Lake lake;

    @BeforeEach
    void open(SparkSession spark) {
        lake = new Lake(spark, folder.resolve("storage").toUri().toString());
    }

    @Test
    void cellsInAreCellsKeptPlusCellsQuarantinedWithFileLineAndReason() throws IOException {
        Path file = write("figures.csv", "Area,Year,Rate\nN1,2019,1.5\nN2,2019,\"1.234,5\"\nN3,20x9,3\nN4,2019/20,\n");
        IngestResult result = read(file, csv(1));

        assertThat(result.cellsIn()).isEqualTo(4);
        assertThat(result.kept()).isEqualTo(2);
        assertThat(result.quarantined()).isEqualTo(2);
        assertThat(raw("region", "line", "cell", "period", "value"))
                .containsExactly("N1|2|3|2019|1.5", "N4|5|3|2019-04-01/P1Y|null");
        List<Row> quarantined = lake.read(Table.quarantine("figures"))
                .orElseThrow()
                .orderBy("line")
                .collectAsList();
        assertThat(quarantined).extracting(row -> row.<Long>getAs("line")).containsExactly(3L, 4L);
        assertThat(quarantined.get(0).<String>getAs("message"))
                .startsWith("Cannot read '1.234,5' as a number for column 'value'");
        assertThat(quarantined.get(1).<String>getAs("message")).startsWith("Cannot read '20x9' as a period");
    }

    @Test
    void aRowWithTooManyCellsOrAnOpenQuoteIsQuarantined() throws IOException {
        Path file = write("figures.csv", "Area,Year,Rate\nN1,2019,1,9\nN2,2019,2\nN3,2019,\"3\nN4,2019,4\n");
        IngestResult result = read(file, csv(1));
        assertThat(result.kept()).isEqualTo(2);
        assertThat(raw("region")).containsExactly("N2", "N4");
        assertThat(lake.read(Table.quarantine("figures"))
                        .orElseThrow()
                        .orderBy("line")
                        .collectAsList())
                .extracting(row -> row.<String>getAs("message"))
                .satisfiesExactly(
                        m -> assertThat(m).contains("the header has 3 cells", "N1,2019,1,9"),
                        m -> assertThat(m).contains("a quote is opened and not closed"));
    }

    @Test
    void linesAreNumberedAsInTheFileWhateverTheBlocksItIsReadIn() throws IOException {
        StringBuilder text = new StringBuilder("note\r\n\nArea,Year,Rate\n");
        List<String> expected = new ArrayList<>();
        int line = 3;
        for (int i = 0; i < 240; i++) {
            String end = i % 3 == 0 ? "\r\n" : "\n";
            if (i % 7 == 0) {
                text.append("  ").append(end);
                line++;
            }
            text.append("N")
                    .append("x".repeat(i % 11))
                    .append(i)
                    .append(",2019,")
                    .append(i)
                    .append(end);
            expected.add(++line + "|" + i + ".0");
        }
        Path file = write("figures.csv", text.toString());
        for (long block : new long[] {311, 1000, 1 << 20}) {
            Lake own =
                    new Lake(lake.spark(), folder.resolve("s" + block).toUri().toString());
            Source source = source(file, csv(3));
            new Ingest(own)
                    .read(source, CONTRACT, Receipt.of(source, block), false, "run", Write.of("ingest", "figures", 1));
            assertThat(own.read(Table.raw("figures"))
                            .orElseThrow()
                            .orderBy("line")
                            .collectAsList())
                    .extracting(row -> row.getAs("line") + "|" + row.getAs("value"))
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void preambleBomPaddingTrailingColumnsFooterAndEncodingAreNotData() throws IOException {
        Path file = folder.resolve("figures.csv");
        String text =
                "\uFEFFDate: ,2020,,\r\n,,,\r\nArea, Rate % ,,\r\nN1, \t67.1 ,,\r\nN2,na,,\r\nNotes,,,\r\nN9,1,,\r\n";
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        Format format = new Format(
                "csv",
                null,
                null,
                null,
                3,
                Optional.empty(),
                Optional.empty(),
                Optional.of("Notes"),
                false,
                List.of("na"),
                Optional.empty(),
                Optional.empty());
        Source source = source(
                file,
                format,
                Map.of(
                        "region", from("Area"),
                        "period", preamble("Date:"),
                        "value", from("Rate %")));
        IngestResult result = new Ingest(lake)
                .read(source, CONTRACT, Receipt.of(source, 1 << 20), false, "run", Write.of("ingest", "figures", 1));
        assertThat(result.cellsIn()).isEqualTo(2);
        assertThat(raw("region", "line", "period", "value", "received"))
                .containsExactly("N1|4|2020|67.1|67.1", "N2|5|2020|null|na");

        Path latin = folder.resolve("latin.tsv");
        Files.write(latin, "Area\tYear\tRate\nCôte\t2019\t1\n".getBytes(Charset.forName("ISO-8859-1")));
        Format tsv = new Format(
                "tsv",
                null,
                null,
                "ISO-8859-1",
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                null,
                Optional.empty(),
                Optional.empty());
        lake = new Lake(lake.spark(), folder.resolve("latin").toUri().toString());
        read(latin, tsv);
        assertThat(raw("region")).containsExactly("Côte");
    }

    @Test
    void gzippedAndMultilineFilesReadLikePlainOnes() throws IOException {
        Path file = folder.resolve("figures.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("Area,Year,Rate\nN1,2019,1\n\nN2,2019,2\n".getBytes(StandardCharsets.UTF_8));
        }
        read(file, csv(1));
        assertThat(raw("region", "line")).containsExactly("N1|2", "N2|4");

        lake = new Lake(lake.spark(), folder.resolve("multi").toUri().toString());
        Path multi = write("multi.csv", "Area,Year,Rate\n\"N1\nnorth\",2019,1\nN2,2019,2\n");
        read(
                multi,
                new Format(
                        "csv",
                        null,
                        null,
                        null,
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        null,
                        Optional.empty(),
                        Optional.empty()));
        assertThat(raw("region", "line")).containsExactly("N1\nnorth|2", "N2|4");
    }

    @Test
    void aFileThatIsNoCompleteTextIsRefusedAsAWhole() throws IOException {
        Path empty = write("empty.csv", "");
        assertRefused(empty, ExitCode.DATA_REFUSED, "it is empty");
        Path binary = folder.resolve("binary.csv");
        Files.write(binary, new byte[] {'P', 'K', 3, 4, 0, 0, 1});
        assertRefused(binary, ExitCode.DATA_REFUSED, "byte 4 is 0");
        Path truncated = folder.resolve("cut.csv.gz");
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write("Area,Year,Rate\nN1,2019,1\n".repeat(50).getBytes(StandardCharsets.UTF_8));
        }
        Files.write(truncated, java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() - 12));
        assertRefused(truncated, ExitCode.DATA_REFUSED, "ends early or is damaged");
        assertRefused(folder.resolve("none.csv"), ExitCode.SOURCE_UNAVAILABLE, "there is no file at");
        assertThat(lake.exists(Table.raw("figures"))).isFalse();
    }

    @Test
    void aColumnThatIsNotInTheHeaderIsNamedWithItsNearMiss() throws IOException {
        Path file = write("figures.csv", "Area,Year,Rates\nN1,2019,1\n");
        assertRefused(file, ExitCode.CONFIGURATION, "line 1 has no column 'Rate'", "Did you mean 'Rates'?");
    }

    @Test
    void wideColumnsBecomeCellsThatKnowTheirColumn() throws IOException {
        Path file = write("figures.csv", "Area,2018 kt,2019 kt\nN1,1,2\nN2,,4\n");
        Source source = new Source(
                "figures",
                Path.of("figures.yaml"),
                "t",
                "p",
                "l",
                Optional.empty(),
                Optional.empty(),
                "figures",
                "s",
                Optional.empty(),
                Optional.empty(),
                file.toString(),
                csv(1),
                Optional.of("Area <> 'N9'"),
                Optional.of(new Source.Unpivot("(\\d{4}) kt", "year", "kt")),
                Map.of("region", from("Area"), "period", from("year"), "value", from("kt")),
                Map.of(),
                List.of(),
                "h",
                "h");
        new Ingest(lake)
                .read(source, CONTRACT, Receipt.of(source, 1 << 20), false, "run", Write.of("ingest", "figures", 1));
        assertThat(raw("region", "cell", "period", "value"))
                .containsExactly("N1|2|2018|1.0", "N1|3|2019|2.0", "N2|2|2018|null", "N2|3|2019|4.0");
    }

    @Test
    void aFileMayHoldSeveralTablesNamedByAColumn() throws IOException {
        Path file = write("figures.csv", "Table,Area,Year,Rate\nt1,N1,2019,1\nt2,N2,2019,2\nt9,N3,2019,3\n");
        Source one = source(file, csv(1));
        Source source = new Source(
                one.id(),
                one.file(),
                one.title(),
                one.publisher(),
                one.licence(),
                one.url(),
                one.attribution(),
                one.contract(),
                one.series(),
                Optional.of(new Source.SeriesFrom("Table", List.of("t1", "t2"))),
                one.published(),
                one.path(),
                one.format(),
                one.where(),
                one.unpivot(),
                one.columns(),
                one.codes(),
                one.rules(),
                one.hash(),
                one.codesHash());
        IngestResult result = new Ingest(lake)
                .read(source, CONTRACT, Receipt.of(source, 1 << 20), false, "run", Write.of("ingest", "figures", 1));
        assertThat(result.quarantined()).isEqualTo(1);
        assertThat(raw("series", "region")).containsExactly("t1|N1", "t2|N2");
    }

    private void assertRefused(Path file, ExitCode code, String... words) {
        assertThatThrownBy(() -> read(file, csv(1)))
                .isInstanceOf(DoughnutException.class)
                .hasMessageStartingWith("Cannot ")
                .hasMessageContainingAll(words)
                .satisfies(e -> assertThat(((DoughnutException) e).exitCode()).isEqualTo(code));
    }

    private IngestResult read(Path file, Format format) {
        Source source = source(file, format);
        return new Ingest(lake)
                .read(source, CONTRACT, Receipt.of(source, 1 << 20), false, "run", Write.of("ingest", "figures", 1));
    }

    private List<String> raw(String... columns) {
        return lake.read(Table.raw("figures")).orElseThrow().orderBy("line", "cell").collectAsList().stream()
                .map(row -> java.util.Arrays.stream(columns)
                        .map(c -> String.valueOf(row.<Object>getAs(c)))
                        .collect(java.util.stream.Collectors.joining("|")))
                .toList();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Format csv(int headerLine) {
        return new Format(
                "csv",
                null,
                null,
                null,
                headerLine,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                null,
                Optional.empty(),
                Optional.empty());
    }

    private static Source source(Path file, Format format) {
        return source(file, format, Map.of("region", from("Area"), "period", from("Year"), "value", from("Rate")));
    }

    private static Source source(Path file, Format format, Map<String, ColumnMapping> columns) {
        return new Source(
                "figures",
                Path.of("figures.yaml"),
                "t",
                "p",
                "l",
                Optional.empty(),
                Optional.empty(),
                "figures",
                "s",
                Optional.empty(),
                Optional.empty(),
                file.toString(),
                format,
                Optional.empty(),
                Optional.empty(),
                columns,
                Map.of(),
                List.of(),
                "h",
                "h");
    }

    private static ColumnMapping from(String name) {
        return mapping(List.of(name), Optional.empty());
    }

    private static ColumnMapping preamble(String label) {
        return mapping(List.of(), Optional.of(label));
    }

    private static ColumnMapping mapping(List<String> from, Optional<String> preamble) {
        return new ColumnMapping(
                Optional.empty(), Optional.empty(), from, Map.of(), Optional.empty(), ".", "", preamble, Map.of());
    }

    private static Contract.Column column(String name, boolean required) {
        return new Contract.Column(
                name, "string", "string", required, Optional.empty(), Optional.empty(), Optional.empty(), "");
    }

    private static Contract.Column number(String name) {
        return new Contract.Column(
                name, "number", "double", false, Optional.empty(), Optional.empty(), Optional.empty(), "");
    }
}

package org.regionaldoughnut.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.office.Format;

/** The same faults in every text format: each is set aside with its line, or the file is refused and nothing is read. */
class BrokenFormatsTest {
    private static final String REFUSED = "refused";
    private static final Charset LATIN = StandardCharsets.ISO_8859_1;

    @TempDir
    Path folder;

    private int made;

    /**
     * A format by a file of two figures: N1 of 2019 and N2 of 2020.
     *
     * @param twice the same with a dimension named twice
     * @param without the same without the region
     */
    private record Written(String kind, Map<String, String> columns, String whole, String twice, String without) {}

    private static final Map<String, String> PLAIN = Map.of("region", "=Area", "period", "=Year", "value", "=Rate");
    private static final Map<String, String> SDMX =
            Map.of("region", "=Area", "period", "=TIME_PERIOD", "value", "=OBS_VALUE");
    private static final String SDMX_LINES = "d,E:X(1.0),N1,2019,1.5\nd,E:X(1.0),N2,2020,2.5\n";
    private static final String CUBE =
            """
            {"version":"2.0","class":"dataset","id":[%s],"size":[%s],"dimension":{
            "Area":{"category":{"index":["N1","N2"]}},
            "Year":{"category":{"index":["2019","2020"]}}},
            "value":{"0":1.5,"3":2.5}}
            """;

    private static final List<Written> FORMATS = List.of(
            new Written(
                    "csv",
                    PLAIN,
                    "Area,Year,Rate\nN1,2019,1.5\nN2,2020,2.5\n",
                    "Area,Area,Year,Rate\nN1,N1,2019,1.5\n",
                    "Year,Rate\n2019,1.5\n"),
            new Written(
                    "tsv",
                    PLAIN,
                    "Area\tYear\tRate\nN1\t2019\t1.5\nN2\t2020\t2.5\n",
                    "Area\tArea\tYear\tRate\nN1\tN1\t2019\t1.5\n",
                    "Year\tRate\n2019\t1.5\n"),
            new Written(
                    "json-lines",
                    PLAIN,
                    "{\"Area\":\"N1\",\"Year\":2019,\"Rate\":1.5}\n{\"Area\":\"N2\",\"Year\":2020,\"Rate\":2.5}\n",
                    "{\"Area\":\"N0\",\"Year\":2019,\"Rate\":1.5}\n"
                            + "{\"Area\":\"N1\",\"Area\":\"N2\",\"Year\":2019,\"Rate\":1.5}\n",
                    "{\"Year\":2019,\"Rate\":1.5}\n"),
            new Written(
                    "sdmx-csv",
                    SDMX,
                    "STRUCTURE,STRUCTURE_ID,Area,TIME_PERIOD,OBS_VALUE\n" + SDMX_LINES,
                    "STRUCTURE,STRUCTURE_ID,Area,Area,TIME_PERIOD,OBS_VALUE\nd,E:X(1.0),N1,N1,2019,1.5\n",
                    "STRUCTURE,STRUCTURE_ID,TIME_PERIOD,OBS_VALUE\nd,E:X(1.0),2019,1.5\n"),
            new Written(
                    "eurostat-tsv",
                    Map.of("region", "=geo", "period", "=time", "value", "=OBS_VALUE"),
                    "unit,geo\\time\t2019 \t2020 \nPC,N1\t1.5 \t: \nPC,N2\t: \t2.5 \n",
                    "geo,geo\\time\t2019 \nN1,N1\t1.5 \n",
                    "unit\\time\t2019 \nPC\t1.5 \n"),
            new Written(
                    "json-stat",
                    Map.of("region", "=Area", "period", "=Year", "value", "=OBS_VALUE"),
                    CUBE.formatted("\"Area\",\"Year\"", "2,2"),
                    CUBE.formatted("\"Area\",\"Area\",\"Year\"", "2,2,2"),
                    CUBE.formatted("\"Year\"", "2")));

    @TestFactory
    List<DynamicTest> aFaultIsSetAsideWithItsLineOrTheFileIsRefused() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Written format : FORMATS) {
            faults(format)
                    .forEach((fault, bytes) -> tests.add(DynamicTest.dynamicTest(
                            format.kind() + ": " + fault, () -> assertThat(found(format, fault, bytes))
                                    .as(format.kind() + ": " + fault)
                                    .matches(expected(format, fault)))));
        }
        return tests;
    }

    private static Map<String, byte[]> faults(Written format) {
        String whole = format.whole();
        Map<String, byte[]> faults = new LinkedHashMap<>();
        faults.put("nothing wrong", utf8(whole));
        faults.put("a byte that is no UTF-8", whole.replace("N2", "N\u00f4").getBytes(LATIN));
        faults.put(
                "a figure that is no number",
                utf8(whole.replace("2.5", "\"NaN\"").replace("\"\"", "\"")));
        faults.put("an absurd date", utf8(whole.replace("2020", "99999")));
        faults.put("a dimension named twice", utf8(format.twice()));
        faults.put("a dimension that is missing", utf8(format.without()));
        faults.put("line ends of three kinds", utf8(mixed(whole)));
        byte[] packed = gzip(utf8(whole.repeat(200)));
        faults.put("a packed file that ends early", Arrays.copyOf(packed, packed.length / 2));
        return faults;
    }

    /** A regular expression: what is kept, or line and reason of what is set aside, or why the file is refused. */
    private static String expected(Written format, String fault) {
        boolean cube = format.kind().equals("json-stat");
        boolean lines = format.kind().equals("json-lines");
        boolean text = Set.of("csv", "tsv").contains(format.kind());
        boolean eurostat = format.kind().equals("eurostat-tsv");
        return switch (fault) {
            case "nothing wrong" -> eurostat ? "4 kept" : "2 kept";
            case "line ends of three kinds" -> eurostat ? "4 kept" : "2 kept";
            case "a byte that is no UTF-8" ->
                cube
                        ? "(?s)refused: Cannot take .*UTF-8.*"
                        : lines ? "(?s)2: the line is no JSON.*UTF-8.*" : "(?s)3: it holds bytes that are no UTF-8.*";
            case "a figure that is no number" -> "(?s)\\d+: Cannot read '\"?NaN\"?' as a number.*";
            case "an absurd date" -> "(?s)\\d+: Cannot read '99999' as a period.*";
            case "a dimension named twice" ->
                lines
                        ? "(?s)2: the line is no JSON.*Duplicate field 'Area'.*"
                        : text
                                ? "(?s)refused: Cannot take .*no column 'Area'.*Did you mean 'Area_1'.*"
                                : "(?s)refused: Cannot take .*is there twice.*";
            case "a dimension that is missing" -> "(?s)refused: Cannot take .*no column '(Area|geo)'.*";
            default -> "(?s)refused: Cannot take .*ends early.*";
        };
    }

    private String found(Written format, String fault, byte[] bytes) throws IOException {
        String suffix = fault.startsWith("a packed") ? ".gz" : "";
        Path file = Files.write(folder.resolve("f" + ++made + "." + format.kind() + suffix), bytes);
        Ingested[] table = new Ingested[1];
        Throwable refused = catchThrowable(() -> table[0] =
                Ingested.of(folder.resolve("s" + made), file, Format.of(format.kind()), null, format.columns()));
        if (refused != null) {
            assertThat(refused).isInstanceOf(DoughnutException.class);
            assertThat(new Lake(
                                    SparkTest.session(),
                                    folder.resolve("s" + made).toUri().toString())
                            .exists(Table.raw("figures")))
                    .isFalse();
            return REFUSED + ": " + refused.getMessage();
        }
        List<String> aside = table[0].quarantined("line", "message");
        assertThat(table[0].result.cellsIn()).isEqualTo(table[0].result.kept() + aside.size());
        return aside.isEmpty()
                ? table[0].result.kept() + " kept"
                : String.join("; ", aside).replace("|", ": ");
    }

    /** The first line ends as in Windows, the second as in old Macintoshes. */
    private static String mixed(String text) {
        String[] lines = text.split("\n");
        return lines[0] + "\r\n" + lines[1] + "\r"
                + String.join("\n", List.of(lines).subList(2, lines.length)) + "\n";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return packed.toByteArray();
    }
}

package org.regionaldoughnut.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.office.Format;

/** What publishers should not send and do: set aside with its line, or refused whole. */
class BrokenFilesTest {
    private static final Map<String, String> COLUMNS = Map.of("region", "=Area", "period", "=Year", "value", "=Rate");

    @TempDir
    Path folder;

    private int made;

    @Test
    void wrongEncodingMixedLineEndsNotANumberAndAbsurdDatesAreSetAsideByLine() throws IOException {
        byte[] text = ("Area,Year,Rate\r\nN1,2019,1\nN2,2019,NaN\rN3,99999,3\r\nN4,2019,1e999\nC\u00f4te,2019,5\n"
                        + "N6,2019-02-31/P1D,6\nN7,2019,\"7\nN8,2019,8")
                .getBytes(Charset.forName("ISO-8859-1"));
        Ingested table = Ingested.of(
                folder.resolve("s"), Files.write(folder.resolve("a.csv"), text), Format.of("csv"), null, COLUMNS);
        assertThat(table.raw("region", "line")).containsExactly("N1|2", "N8|9");
        assertThat(table.quarantined("line", "message"))
                .satisfiesExactly(
                        m -> assertThat(m).startsWith("3|Cannot read 'NaN' as a number"),
                        m -> assertThat(m).startsWith("4|Cannot read '99999' as a period"),
                        m -> assertThat(m).startsWith("5|Cannot read '1e999' as a number"),
                        m -> assertThat(m).startsWith("6|it holds bytes that are no UTF-8"),
                        m -> assertThat(m).startsWith("7|Cannot read '2019-02-31/P1D' as a period"),
                        m -> assertThat(m).startsWith("8|a quote is opened and not closed"));
        assertThat(table.result.cellsIn()).isEqualTo(8);
    }

    @Test
    void aLineLongerThanAnyTablesIsSetAsideAndTheNextOnesAreRead() throws IOException {
        Path file = folder.resolve("long.csv");
        byte[] much = new byte[1 << 20];
        Arrays.fill(much, (byte) 'x');
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("Area,Year,Rate\nN1,2019,1\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 40; i++) {
                out.write(much);
            }
            out.write("\nN3,2019,3\n".getBytes(StandardCharsets.US_ASCII));
        }
        Ingested table = Ingested.of(folder.resolve("s"), file, Format.of("csv"), null, COLUMNS);
        assertThat(table.raw("region", "line")).containsExactly("N1|2", "N3|4");
        assertThat(table.quarantined("line", "message"))
                .containsExactly("3|Cannot take the line: it is longer than 8 MiB.");
    }

    @Test
    void aQuoteThatNeverEndsInAFileOfManyLineCellsRefusesTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "Area,Year,Rate\nN1,2019,1\n\"N2,2019,2\nN3,2019,3\n");
        Format plain = Format.of("csv");
        Format multiline = new Format(
                "csv",
                ",",
                "\"",
                "UTF-8",
                1,
                plain.sheet(),
                plain.columns(),
                plain.footer(),
                true,
                null,
                Optional.empty(),
                Optional.empty());
        assertThatThrownBy(() -> Ingested.of(folder.resolve("s"), file, multiline, null, COLUMNS))
                .isInstanceOf(DoughnutException.class)
                .hasMessageContaining("a quote is opened on line 3 and not closed");
    }

    @Test
    void aWorkbookWithExternalEntitiesOrABombTellsNothingAndFillsNothing() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "top-secret");
        String evil = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>";
        Path file = folder.resolve("evil.xlsx");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            member(
                    out,
                    "[Content_Types].xml",
                    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
            member(
                    out,
                    "xl/workbook.xml",
                    evil
                            + "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheets><sheet name=\"&e;\" sheetId=\"1\"/></sheets></workbook>");
        }
        Format format = new Format(
                "xlsx",
                null,
                null,
                null,
                1,
                Optional.of("S"),
                Optional.empty(),
                Optional.empty(),
                false,
                null,
                Optional.empty(),
                Optional.empty());
        assertThatThrownBy(() -> Ingested.of(folder.resolve("s"), file, format, null, COLUMNS))
                .isInstanceOf(DoughnutException.class)
                .hasMessageNotContaining("top-secret");
    }

    private static void member(ZipOutputStream out, String name, String text) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Readers alone, without Spark's jobs: thousands of broken files in seconds. A reader may take or refuse a file; any
     * other exception is a fault of ours.
     */
    @Test
    void whateverIsInAFileReadersTakeItOrRefuseIt() throws IOException {
        Map<String, String> seeds = new TreeMap<>(Map.of(
                "csv", "Area,Year,Rate\nN1,2019,1.5\n\"N\"\"2\",2020,\" 2 \"\nC\u00f4te,2021,\r\n",
                "tsv", "Area\tYear\tRate\nN1\t2019\t1.5\n\"N2\"\t2020\t 2 \n",
                "json-lines", "{\"Area\": \"N1\", \"at\": {\"Year\": 2019}, \"Rate\": [1.5]}\n{\"Area\": null}\n",
                "eurostat-tsv", "unit,geo\\time\t2016 \t2015 \nPC,AT\t13.2 e\t: c\nPC,BE\t0n\t: \n",
                "sdmx-csv", "STRUCTURE,STRUCTURE_ID,ACTION,geo: Area,OBS_VALUE\nd,E:X(1.0),A,\"AT: A, b\",1\n",
                "json-stat",
                        "{\"id\":[\"geo\",\"time\"],\"size\":[2,1],\"dimension\":{\"geo\":{\"category\":{\"index\":"
                                + "[\"A\",\"B\"]}},\"time\":{\"category\":{\"index\":{\"2020\":0}}}},\"value\":{\"1\":2.5},"
                                + "\"status\":{\"0\":\"c\"}}"));
        Random random = new Random(20_251_125);
        // the session's start is not part of the time
        passThrough(Format.of("csv"), Files.writeString(folder.resolve("first.csv"), seeds.get("csv")));
        long until = System.nanoTime() + Duration.ofSeconds(8).toNanos();
        long files = 0;
        while (System.nanoTime() < until) {
            for (Map.Entry<String, String> seed : seeds.entrySet()) {
                byte[] broken = mutated(seed.getValue().getBytes(StandardCharsets.UTF_8), random);
                String suffix = random.nextInt(4) == 0 ? ".gz" : "";
                byte[] packed = suffix.isEmpty() ? broken : damaged(gzip(broken), random);
                Path file = Files.write(folder.resolve("fuzz" + suffix), packed);
                try {
                    passThrough(Format.of(seed.getKey()), file);
                } catch (DoughnutException refused) {
                    assertThat(refused.getMessage()).startsWith("Cannot ");
                } catch (Exception fault) {
                    // names of JSON lines are looked for by a job of Spark
                    if (Refusal.unwrapped(fault, "fuzz") instanceof DoughnutException) {
                        continue;
                    }
                    throw new AssertionError(
                            seed.getKey() + suffix + ": " + new String(broken, StandardCharsets.ISO_8859_1), fault);
                }
                files++;
            }
        }
        assertThat(files).isGreaterThan(20);
    }

    /** Containers are torn at every kind of place: a reader refuses them or takes what is whole. */
    @Test
    void tornWorkbooksAndParquetFilesAreTakenOrRefused() throws IOException {
        Path parquet = folder.resolve("parquet");
        SparkTest.session()
                .range(50)
                .selectExpr("id", "cast(id as string) as Area")
                .coalesce(1)
                .write()
                .parquet(parquet.toString());
        byte[] seed;
        try (var parts = Files.list(parquet)) {
            seed = Files.readAllBytes(parts.filter(p -> p.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow());
        }
        java.io.ByteArrayOutputStream book = new java.io.ByteArrayOutputStream();
        try (org.dhatim.fastexcel.Workbook workbook = new org.dhatim.fastexcel.Workbook(book, "test", "1.0")) {
            var sheet = workbook.newWorksheet("S");
            for (int i = 0; i < 20; i++) {
                sheet.value(i, 0, i == 0 ? "Area" : "N" + i);
                sheet.value(i, 1, i == 0 ? "Rate" : String.valueOf(i));
            }
        }
        Map<String, byte[]> seeds = new TreeMap<>(Map.of("parquet", seed, "xlsx", book.toByteArray()));
        Random random = new Random(20_251_126);
        for (int i = 0; i < 12; i++) {
            for (Map.Entry<String, byte[]> entry : seeds.entrySet()) {
                Path file = Files.write(folder.resolve("torn"), mutated(entry.getValue(), random));
                try {
                    Reader.of(SparkTest.session(), Format.of(entry.getKey()))
                            .read(Receipt.of(file, 1 << 22))
                            .rows()
                            .collectAsList();
                } catch (DoughnutException refused) {
                    assertThat(refused.getMessage()).startsWith("Cannot ");
                } catch (Exception fault) {
                    assertThat(Refusal.unwrapped(fault, "torn").getMessage())
                            .as(entry.getKey())
                            .startsWith("Cannot ");
                }
            }
        }
    }

    private void passThrough(Format format, Path file) throws IOException {
        Received received = Reader.of(SparkTest.session(), format).read(Receipt.of(file, 1 << 22));
        ReceivedTable table = (ReceivedTable) ((DataSourceV2Relation) received.rows()
                        .queryExecution()
                        .analyzed()
                        .collectLeaves()
                        .head())
                .table();
        StructType wanted = table.schema();
        for (var part : table.source().parts()) {
            try (PartitionReader<InternalRow> rows = table.source().open(part, wanted)) {
                while (rows.next()) {
                    assertThat(rows.get().getLong(0)).isPositive();
                    for (int i = 1; i < wanted.size(); i++) {
                        if (wanted.apply(i).dataType().equals(DataTypes.StringType)
                                && !rows.get().isNullAt(i)) {
                            assertThat(rows.get().getUTF8String(i).toString()).isNotNull();
                        }
                    }
                }
            }
        }
    }

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        byte[] signs = "\",\n\r\t:\\{}[]0 e\u0000".getBytes(StandardCharsets.ISO_8859_1);
        for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = signs[random.nextInt(signs.length)];
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                    System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                    longer[at] = signs[random.nextInt(signs.length)];
                    bytes = longer;
                }
            }
        }
        return bytes;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] damaged(byte[] packed, Random random) {
        if (random.nextBoolean()) {
            packed[random.nextInt(packed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return packed;
    }
}

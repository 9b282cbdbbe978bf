package org.regionaldoughnut.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.Format;

/** Files in gzip, zstd and ZIP, sound and broken, and Parquet. */
class PackedFilesTest {
    private static final String TEXT = "Area,Year,Rate\nN1,2019,1\n\nN2,2020,2\n";
    private static final Map<String, String> COLUMNS = Map.of("region", "=Area", "period", "=Year", "value", "=Rate");

    @TempDir
    Path folder;

    @Test
    void zstdAndArchivesReadLikePlainFiles() throws IOException {
        Path zstd = Files.write(folder.resolve("a.csv.zst"), Zstd.compress(TEXT.getBytes(StandardCharsets.UTF_8)));
        assertThat(read(zstd, Optional.empty()).raw("region", "line")).containsExactly("N1|2", "N2|4");

        Path one = zip("one.zip", Map.of("x/data.csv", TEXT.getBytes(StandardCharsets.UTF_8)));
        Ingested table = read(one, Optional.empty());
        assertThat(table.raw("region", "line", "file"))
                .containsExactly("N1|2|one.zip!x/data.csv", "N2|4|one.zip!x/data.csv");

        Path several = zip(
                "several.zip",
                Map.of(
                        "BACI_Y2019.csv", TEXT.getBytes(StandardCharsets.UTF_8),
                        "BACI_Y2020.csv.gz", gzip(TEXT.replace("N", "M").getBytes(StandardCharsets.UTF_8)),
                        "countries.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(read(several, Optional.of("BACI_*")).raw("region"))
                .containsExactlyInAnyOrder("N1", "N2", "M1", "M2");
        assertThatThrownBy(() -> read(several, Optional.empty()))
                .hasMessageContaining("the archive has 3 members")
                .satisfies(e -> assertThat(((DoughnutException) e).exitCode()).isEqualTo(ExitCode.CONFIGURATION));
        assertThatThrownBy(() -> read(several, Optional.of("countrie.csv")))
                .hasMessageContaining("Did you mean 'countries.csv'?");
    }

    @Test
    void anArchiveThatNamesAPlaceOutsideItselfIsRefused() throws IOException {
        for (String name :
                new String[] {"../data.csv", "/etc/data.csv", "a/../../data.csv", "..\\data.csv", "C:/data.csv"}) {
            Path file = zip("evil.zip", Map.of(name, TEXT.getBytes(StandardCharsets.UTF_8)));
            assertThatThrownBy(() -> read(file, Optional.empty()))
                    .as(name)
                    .isInstanceOf(DoughnutException.class)
                    .hasMessageContaining("names a place outside it");
        }
    }

    @Test
    void bombsAreRefusedBeforeTheyFillMemoryOrDisk() throws IOException {
        byte[] zeros = new byte[1 << 20];
        Arrays.fill(zeros, (byte) 'a');
        int megabytes = 200;
        Path gz = folder.resolve("bomb.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
            out.write(TEXT.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < megabytes; i++) {
                out.write(zeros);
            }
        }
        assertRefused(gz, "as no table does but a bomb");
        Path zip = folder.resolve("bomb.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("bomb.csv"));
            out.write(TEXT.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < megabytes; i++) {
                out.write(zeros);
            }
        }
        assertRefused(zip, "as no table does but a bomb");
    }

    @Test
    void packedFilesThatEndEarlyAreRefusedWhole() throws IOException {
        byte[] text = TEXT.repeat(2000).getBytes(StandardCharsets.UTF_8);
        byte[] zstd = Zstd.compress(text);
        assertRefused(
                Files.write(folder.resolve("cut.csv.zst"), Arrays.copyOf(zstd, zstd.length - 20)), "ends early or is");
        byte[] zip = Files.readAllBytes(zip("whole.zip", Map.of("a.csv", text)));
        assertRefused(Files.write(folder.resolve("cut.zip"), Arrays.copyOf(zip, zip.length - 30)), "no complete ZIP");
        zip[80] ^= 0x55;
        assertRefused(Files.write(folder.resolve("flipped.zip"), zip), "ends early or is damaged");
    }

    @Test
    void parquetIsReadAsTextAndNumbersItsRows() throws IOException {
        Path parquet = folder.resolve("parquet");
        SparkTest.session()
                .sql(
                        "select 'N1' as Area, 2019 as Year, 1.5d as Rate union all select ' N2 ', 2020, cast(null as double)")
                .coalesce(1)
                .write()
                .parquet(parquet.toString());
        Path file;
        try (var files = Files.list(parquet)) {
            file = files.filter(f -> f.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
        Ingested table = Ingested.of(folder.resolve("p"), file, Format.of("parquet"), null, COLUMNS);
        assertThat(table.raw("region", "period", "value", "line")).containsExactly("N1|2019|1.5|1", "N2|2020|null|2");

        byte[] bytes = Files.readAllBytes(file);
        for (byte[] broken :
                new byte[][] {Arrays.copyOf(bytes, bytes.length / 2), TEXT.getBytes(StandardCharsets.UTF_8), new byte[0]
                }) {
            Path other = Files.write(folder.resolve("broken.parquet"), broken);
            assertThatThrownBy(() -> Ingested.of(folder.resolve("b"), other, Format.of("parquet"), null, COLUMNS))
                    .isInstanceOf(DoughnutException.class);
        }
    }

    private int made;

    private Ingested read(Path file, Optional<String> member) {
        Format plain = Format.of("csv");
        Format format = new Format(
                plain.kind(),
                plain.delimiter(),
                plain.quote(),
                plain.encoding(),
                1,
                plain.sheet(),
                plain.columns(),
                plain.footer(),
                false,
                null,
                member,
                Optional.empty());
        return Ingested.of(folder.resolve("s" + ++made), file, format, null, COLUMNS);
    }

    private void assertRefused(Path file, String words) {
        assertThatThrownBy(() -> read(file, Optional.empty()))
                .isInstanceOf(DoughnutException.class)
                .hasMessageContaining(words)
                .satisfies(e -> assertThat(((DoughnutException) e).exitCode()).isEqualTo(ExitCode.DATA_REFUSED));
    }

    private Path zip(String name, Map<String, byte[]> members) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                out.putNextEntry(new ZipEntry(member.getKey()));
                out.write(member.getValue());
            }
        }
        return file;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}

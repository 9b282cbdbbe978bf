package org.regionaldoughnut.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.regionaldoughnut.ingest.Glance;
import org.regionaldoughnut.lake.Session;
import org.regionaldoughnut.office.Format;

/**
 * Each delimited format, read to its end as text, against Spark alone reading the same bytes as CSV. Both warm, in one
 * session. Eurostat's tables become a row for each cell here, a row for each line there.
 */
final class FormatsBenchmark implements Benchmarks.Benchmark {
    private static final double TARGET = 1.5;
    private static final int YEARS = 20;

    private final long rows;

    FormatsBenchmark(long rows) {
        this.rows = rows;
    }

    @Override
    public void run(Path folder, int repetitions) throws Exception {
        Files.createDirectories(folder);
        SparkSession spark = Session.open("local[*]", Map.of());
        spark.sparkContext().setLogLevel("ERROR");
        Map<String, Path> files = new LinkedHashMap<>();
        files.put("csv", file(folder, "plain.csv", out -> lines(out, ",", "")));
        files.put("csv, quoted", file(folder, "quoted.csv", out -> lines(out, ",", "\"")));
        files.put("tsv", file(folder, "plain.tsv", out -> lines(out, "\t", "")));
        files.put("csv, gzip", file(folder, "packed.csv.gz", out -> {
            GZIPOutputStream packed = new GZIPOutputStream(out, 1 << 16);
            lines(packed, ",", "");
            packed.finish();
        }));
        files.put("sdmx-csv", file(folder, "sdmx.csv", this::sdmx));
        files.put("eurostat-tsv", file(folder, "eurostat.tsv", this::eurostat));
        for (Map.Entry<String, Path> entry : files.entrySet()) {
            String kind = entry.getKey().replaceFirst(",.*", "");
            Path file = entry.getValue();
            String delimiter = kind.endsWith("tsv") ? "\t" : ",";
            Callable<Object> plain = () -> toItsEnd(
                    spark.read().option("header", true).option("sep", delimiter).csv(file.toString()));
            Callable<Object> own =
                    () -> toItsEnd(Glance.at(file, Optional.empty()).rows(spark, Format.of(kind)));
            plain.call();
            own.call();
            Ratio ratio = new Ratio(entry.getKey() + ", " + (Files.size(file) >> 20) + " MB", TARGET);
            for (int i = 0; i < repetitions; i++) {
                ratio.measure(plain, own);
            }
            ratio.conclude();
        }
        spark.stop();
    }

    private static Object toItsEnd(Dataset<Row> rows) {
        rows.write().format("noop").mode("overwrite").save();
        return rows;
    }

    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    private Path file(Path folder, String name, Content content) throws IOException {
        Path file = folder.resolve(rows + "-" + name);
        if (!Files.exists(file)) {
            Path unfinished = folder.resolve("unfinished");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 20)) {
                content.write(out);
            }
            Files.move(unfinished, file);
        }
        return file;
    }

    private static void line(OutputStream out, StringBuilder line) throws IOException {
        out.write(line.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
        line.setLength(0);
    }

    private void lines(OutputStream out, String delimiter, String quote) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder line = new StringBuilder();
        line(out, line.append("Reporter,Partner,Flow,Product,Year,Value,Note".replace(",", delimiter)));
        for (long i = 0; i < rows; i++) {
            for (Object cell : new Object[] {
                "UKR" + random.nextInt(180),
                "P" + random.nextInt(240),
                random.nextBoolean() ? "Exp" : "Imp",
                random.nextInt(1_000_000),
                2010 + random.nextInt(10)
            }) {
                line.append(quote).append(cell).append(quote).append(delimiter);
            }
            line.append(random.nextInt(10_000_000)).append('.').append(10 + random.nextInt(90));
            line(out, line.append(delimiter).append(i % 10 == 0 ? "\"a, b\"".replace(",", delimiter) : ""));
        }
    }

    private void sdmx(OutputStream out) throws IOException {
        SplittableRandom random = new SplittableRandom(2);
        StringBuilder line = new StringBuilder();
        line(
                out,
                line.append(
                        "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,freq,Time frequency,unit,Unit of measure,geo,Geopolitical"
                                + " entity,TIME_PERIOD,Time,OBS_VALUE,Observation value,OBS_FLAG,Observation status,CONF_STATUS"));
        for (long i = 0; i < rows; i++) {
            line.append("dataflow,ESTAT:CEI_PC030(1.0),Resource productivity,A,Annual,I00,\"Index, 2000=100\",R")
                    .append(random.nextInt(300))
                    .append(",Region,")
                    .append(2000 + random.nextInt(20))
                    .append(",,")
                    .append(random.nextInt(1000))
                    .append('.')
                    .append(random.nextInt(1000));
            line(out, line.append(i % 7 == 0 ? ",,b,break in time series," : ",,,,"));
        }
    }

    private void eurostat(OutputStream out) throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder line = new StringBuilder("unit,sex,age,geo\\time");
        for (int year = 0; year < YEARS; year++) {
            line.append('\t').append(2000 + year).append(' ');
        }
        line(out, line);
        for (long i = 0; i < rows / 5; i++) {
            line.append("THS,")
                    .append(i % 3 == 0 ? 'T' : i % 3 == 1 ? 'F' : 'M')
                    .append(",Y15-74,R")
                    .append(i);
            for (int year = 0; year < YEARS; year++) {
                int kind = random.nextInt(10);
                line.append('\t');
                if (kind < 3) {
                    line.append(": ");
                } else {
                    line.append(random.nextInt(1000))
                            .append('.')
                            .append(random.nextInt(10))
                            .append(' ');
                    line.append(kind == 3 ? "b" : kind == 4 ? "e" : "");
                }
            }
            line(out, line);
        }
    }
}

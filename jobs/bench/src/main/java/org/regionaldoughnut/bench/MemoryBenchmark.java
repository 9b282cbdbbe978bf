package org.regionaldoughnut.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.regionaldoughnut.lake.Session;

/** Ingest of a file in a process whose heap is two fifths of it, as 2 GB are of 5: it must end well. */
final class MemoryBenchmark implements Benchmarks.Benchmark {
    private static final double FILE_TO_HEAP = 2.5;
    private static final long MEGABYTE = 1 << 20;

    private final long rows;

    MemoryBenchmark(long rows) {
        this.rows = rows;
    }

    @Override
    public void run(Path folder, int repetitions) throws Exception {
        Path file = GeneratedTrade.file(folder, rows);
        long heap = (long) (Files.size(file) / MEGABYTE / FILE_TO_HEAP);
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heap + "m"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-Xmx"))
                .forEach(command::add);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeap.class.getName(),
                folder.toString(),
                String.valueOf(rows)));
        long start = System.nanoTime();
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        System.out.println(String.format(
                Locale.ROOT,
                "ingest of %d MB with a heap of %d MB: %.0f s, %s",
                Files.size(file) / MEGABYTE,
                heap,
                (System.nanoTime() - start) / 1e9,
                code == 0 ? "met" : "MISSED, exit code " + code));
    }

    /** The process with the small heap. */
    static final class SmallHeap {
        private SmallHeap() {}

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            long rows = Long.parseLong(arguments[1]);
            SparkSession spark = Session.open("local[*]", Map.of());
            spark.sparkContext().setLogLevel("ERROR");
            Path file = GeneratedTrade.file(folder, rows);
            new IngestBenchmark(rows)
                    .ingest(
                            spark,
                            IngestBenchmark.office(folder, file),
                            IngestBenchmark.emptied(folder.resolve("storage")));
            IngestBenchmark.emptied(folder.resolve("storage"));
            spark.stop();
        }
    }
}

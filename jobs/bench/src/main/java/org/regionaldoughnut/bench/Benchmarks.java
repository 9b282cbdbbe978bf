package org.regionaldoughnut.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the benchmarks named, or all: {@code ./mvnw -Pbench -pl jobs/bench -am -DskipTests verify}, one of them with {@code
 * -Dbench=ingest}. Settings are system properties: {@code bench.rows} (generated rows; absent: of the size that each benchmark has for its target), {@code
 * bench.repetitions} (5), {@code bench.parts} (of the indicators: complexity, full, changed, products), {@code bench.folder} (target/bench, needs 12 GB) and {@code doughnut.home} (the folder with
 * conf/ and schemas/).
 */
public final class Benchmarks {
    private Benchmarks() {}

    /** One benchmark, which prints what it found. */
    interface Benchmark {
        void run(Path folder, int repetitions) throws Exception;
    }

    public static void main(String[] names) throws Exception {
        Map<String, Benchmark> benchmarks = new LinkedHashMap<>();
        benchmarks.put("ingest", new IngestBenchmark(Long.getLong("bench.rows", 10_000_000L)));
        benchmarks.put("formats", new FormatsBenchmark(Long.getLong("bench.rows", 2_000_000L)));
        benchmarks.put("revisions", new RevisionsBenchmark(Long.getLong("bench.rows", 10_000_000L)));
        benchmarks.put("memory", new MemoryBenchmark(Long.getLong("bench.rows", 130_000_000L)));
        benchmarks.put("validate", new ValidateBenchmark(Long.getLong("bench.rows", 10_000_000L)));
        benchmarks.put("publish", new PublishBenchmark(Long.getLong("bench.rows", 20_000_000L)));
        benchmarks.put("indicators", new IndicatorsBenchmark(Long.getLong("bench.rows", 20_000_000L)));
        benchmarks.put("startup", new StartupBenchmark());
        benchmarks.put("unchanged", new UnchangedBenchmark(Long.getLong("bench.rows", 100_000L)));
        benchmarks.put("report", new ReportBenchmark());
        benchmarks.put("schedule", new ScheduleBenchmark());
        Path folder =
                Path.of(System.getProperty("bench.folder", "target/bench")).toAbsolutePath();
        for (String name : names.length == 0 ? benchmarks.keySet() : List.of(names)) {
            Benchmark benchmark = benchmarks.get(name);
            if (benchmark == null) {
                System.err.println("Cannot run the benchmark '" + name + "': there are "
                        + String.join(", ", benchmarks.keySet()) + ".");
                System.exit(2);
            }
            benchmark.run(folder.resolve(name), Integer.getInteger("bench.repetitions", 5));
        }
    }
}

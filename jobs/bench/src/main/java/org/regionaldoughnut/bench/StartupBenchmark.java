package org.regionaldoughnut.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whole processes: a run of the sample office in an empty storage against one that starts Spark and commits one small
 * table, and a second run with nothing new against one that starts a session. Same flags and class-data archive.
 */
final class StartupBenchmark implements Benchmarks.Benchmark {
    private static final double RUN = 6;
    private static final double NOTHING_NEW = 0.5;

    @Override
    public void run(Path folder, int repetitions) throws Exception {
        Files.createDirectories(folder);
        Launched launched = new Launched(
                Path.of(System.getProperty("doughnut.home", "")).toAbsolutePath(), folder.resolve("log"), "small");
        Path storage = folder.resolve("storage");
        Path bare = folder.resolve("bare");
        Ratio first = new Ratio("first run of the sample", RUN);
        Ratio second = new Ratio("run with nothing new", NOTHING_NEW);
        // the first start builds, and writes the archive where there is none
        launched.doughnut("run", "--storage", IngestBenchmark.emptied(storage).toString());
        launched.java(BareSession.class);
        System.out.println("class-data archive: " + (launched.hasArchive() ? "used" : "none"));
        for (int i = 0; i < repetitions; i++) {
            IngestBenchmark.emptied(bare);
            IngestBenchmark.emptied(storage);
            first.measure(
                    () -> launched.java(BareCommit.class, bare.toString()),
                    () -> launched.doughnut("run", "--storage", storage.toString()));
            second.measure(
                    () -> launched.java(BareSession.class),
                    () -> launched.doughnut("run", "--storage", storage.toString()));
        }
        first.conclude();
        second.conclude();
    }
}

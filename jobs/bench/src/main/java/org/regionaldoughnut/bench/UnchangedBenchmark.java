package org.regionaldoughnut.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.regionaldoughnut.model.Hash;

/**
 * What a large received file costs that has not changed: a run of the sample office with nothing new and that file among
 * its sources, against one without it and the hash of the file. Once the file lies beside the office, once within it.
 */
final class UnchangedBenchmark implements Benchmarks.Benchmark {
    private static final double TARGET = 1.2;
    private static final int LINE = 20_000;

    private final long lines;

    /** @param lines of twenty thousand characters each */
    UnchangedBenchmark(long lines) {
        this.lines = lines;
    }

    @Override
    public void run(Path folder, int repetitions) throws Exception {
        Path home = Path.of(System.getProperty("doughnut.home", "")).toAbsolutePath();
        IngestBenchmark.emptied(folder);
        Launched launched = new Launched(home, folder.resolve("log"), "auto");
        Path small = office(home, folder.resolve("small"), null);
        Path beside = folder.resolve("large.csv");
        write(beside);
        Path within = folder.resolve("within");
        Path large = office(home, folder.resolve("beside"), beside);
        office(home, within, within.resolve("received/large.csv"));
        Files.createLink(within.resolve("received/large.csv"), beside);
        compare("unchanged file beside the office", launched, small, large, beside, folder, repetitions);
        compare("unchanged file within the office", launched, small, within, beside, folder, repetitions);
    }

    private static void compare(
            String name, Launched launched, Path small, Path large, Path file, Path folder, int repetitions)
            throws Exception {
        Ratio ratio = new Ratio(name, TARGET);
        run(launched, small, folder);
        run(launched, large, folder);
        for (int i = 0; i < repetitions; i++) {
            ratio.measure(
                    () -> {
                        run(launched, small, folder);
                        return Hash.of(file);
                    },
                    () -> run(launched, large, folder));
        }
        ratio.conclude();
    }

    private static int run(Launched launched, Path office, Path folder) throws IOException, InterruptedException {
        return launched.doughnut(
                "run",
                "--office",
                office.toString(),
                "--storage",
                folder.resolve("storage-" + office.getFileName()).toString());
    }

    /** A copy of the sample office, with a source of the large file where there is one. */
    private static Path office(Path home, Path office, Path large) throws IOException {
        Path sample = home.resolve("conf/sample");
        try (Stream<Path> files = Files.walk(sample)) {
            for (Path file : files.toList()) {
                Path copy = office.resolve(sample.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Path settings = office.resolve("office.yaml");
        Files.writeString(
                settings, Files.readString(settings).replaceFirst("id: sample", "id: " + office.getFileName()));
        if (large != null) {
            Files.writeString(
                    office.resolve("sources/large.yaml"),
                    String.join(
                            "\n",
                            "id: large",
                            "title: A file of which little is kept",
                            "publisher: this benchmark",
                            "licence: none",
                            "contract: census",
                            "location: {path: " + large + "}",
                            "format: {kind: csv}",
                            "where: \"code = 'UKC'\"",
                            "columns:",
                            "  region: {from: code}",
                            "  region_scheme: {constant: UK-NUTS-2016}",
                            "  variable: {constant: population}",
                            "  breakdown: {constant: _T}",
                            "  period: {constant: \"2019\"}",
                            "  value: {from: people}",
                            "  unit: {constant: persons}",
                            ""));
        }
        return office;
    }

    private void write(Path file) throws IOException {
        byte[] line = ("X,1," + "x".repeat(LINE) + "\n").getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("code,people,note\nUKC,2669941,mid-2019\n".getBytes(StandardCharsets.UTF_8));
            for (long i = 0; i < lines; i++) {
                out.write(line);
            }
        }
    }
}

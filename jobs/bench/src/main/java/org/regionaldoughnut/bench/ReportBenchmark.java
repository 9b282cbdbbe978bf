package org.regionaldoughnut.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.regionaldoughnut.office.Catalogue;
import org.regionaldoughnut.office.OfficeReader;
import org.regionaldoughnut.report.PageSettings;
import org.regionaldoughnut.report.Pages;
import org.regionaldoughnut.report.map.Outlines;

/**
 * Reports for 400 regions: seconds for HTML and for PDF, the largest page, and the memory that stays in use while pages
 * are written, for 400 and for four times as many regions.
 */
final class ReportBenchmark implements Benchmarks.Benchmark {
    private static final int REGIONS = 400;
    private static final double HTML_SECONDS = 60;
    private static final double PDF_SECONDS = 600;
    private static final long PAGE_BYTES = 400_000;

    @Override
    public void run(Path folder, int repetitions) throws Exception {
        Path home = Path.of(System.getProperty("doughnut.home", "")).toAbsolutePath();
        Catalogue catalogue =
                new OfficeReader(home, Map.of(), home).read("sample", List.of()).catalogue();
        Path release = GeneratedRelease.write(folder.resolve("releases/r"), catalogue, REGIONS);
        Measured html = write(release, catalogue, false);
        print(
                "HTML of %d regions: %.1f s, target under %.0f s: %s",
                REGIONS, html.seconds(), HTML_SECONDS, verdict(html.seconds() < HTML_SECONDS));
        long largest = largest(release.resolve("html"));
        print("largest page: %d bytes, target under %d: %s", largest, PAGE_BYTES, verdict(largest < PAGE_BYTES));
        Path many = GeneratedRelease.write(folder.resolve("releases/many"), catalogue, 4 * REGIONS);
        Measured four = write(many, catalogue, false);
        print(
                "memory in use after collections: %d MB for %d regions, %d MB for %d",
                html.megabytes(), REGIONS, four.megabytes(), 4 * REGIONS);
        Measured pdf = write(release, catalogue, true);
        print(
                "HTML and PDF of %d regions: %.1f s, target under %.0f s: %s",
                REGIONS, pdf.seconds(), PDF_SECONDS, verdict(pdf.seconds() < PDF_SECONDS));
    }

    private record Measured(double seconds, long megabytes) {}

    private static Measured write(Path release, Catalogue catalogue, boolean pdf) {
        PageSettings settings = new PageSettings(
                Locale.ENGLISH, Set.of(), Outlines.NONE, Optional.of("eu-circular-economy"), pdf, Optional.empty());
        long[] most = {0};
        long start = System.nanoTime();
        Pages.write(release, catalogue, settings, (done, of) -> {
            if (done % 100 == 0) {
                System.gc();
                most[0] = Math.max(most[0], inUse());
            }
        });
        return new Measured((System.nanoTime() - start) / 1e9, most[0] >> 20);
    }

    private static long inUse() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                .mapToLong((MemoryPoolMXBean pool) -> pool.getCollectionUsage().getUsed())
                .sum();
    }

    private static long largest(Path html) throws IOException {
        long largest = 0;
        try (Stream<Path> files = Files.list(html)) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches("R\\d+\\.html"))
                    .toList()) {
                largest = Math.max(largest, Files.size(file));
            }
        }
        return largest;
    }

    private static String verdict(boolean met) {
        return met ? "met" : "MISSED";
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}

package org.regionaldoughnut.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.regionaldoughnut.harmonise.AcceptedBatch;
import org.regionaldoughnut.harmonise.Facts;
import org.regionaldoughnut.harmonise.HarmoniseResult;
import org.regionaldoughnut.ingest.Ingest;
import org.regionaldoughnut.ingest.Receipt;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Session;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Source;

/** Harmonising a second edition of which one figure in a hundred was revised, against harmonising the first. */
final class RevisionsBenchmark implements Benchmarks.Benchmark {
    private static final double TARGET = 1.2;
    private static final long BLOCK = 128L << 20;
    private static final int ONE_IN = 100;

    private final long rows;

    RevisionsBenchmark(long rows) {
        this.rows = rows;
    }

    @Override
    public void run(Path folder, int repetitions) throws Exception {
        Path first = GeneratedTrade.file(folder, rows);
        Path second = revised(first, folder.resolve("revised-" + rows + ".csv"));
        SparkSession spark = Session.open("local[*]", Map.of());
        spark.sparkContext().setLogLevel("ERROR");
        Ratio ratio = new Ratio("harmonising " + rows + " rows again, 1 % of them revised", TARGET);
        for (int i = 0; i <= repetitions; i++) {
            Path storage = IngestBenchmark.emptied(folder.resolve("storage"));
            Lake lake = new Lake(spark, storage.toUri().toString());
            List<AcceptedBatch> batches = new ArrayList<>();
            batches.add(ingested(lake, IngestBenchmark.office(folder, first), "2020-01-01T00:00:00Z"));
            batches.add(ingested(lake, IngestBenchmark.office(folder, second), "2021-01-01T00:00:00Z"));
            Facts facts = new Facts(lake, IngestBenchmark.office(folder, second), tree());
            if (i == 0) {
                harmonise(facts, lake, folder, batches.subList(0, 1), 1);
                harmonise(facts, lake, folder, batches, 2);
                continue;
            }
            ratio.measure(
                    () -> harmonise(facts, lake, folder, batches.subList(0, 1), 1),
                    () -> requireRevised(harmonise(facts, lake, folder, batches, 2)));
        }
        ratio.conclude();
        IngestBenchmark.emptied(folder.resolve("storage"));
        spark.stop();
    }

    private HarmoniseResult harmonise(Facts facts, Lake lake, Path folder, List<AcceptedBatch> batches, long step)
            throws IOException {
        Office office = IngestBenchmark.office(folder, folder);
        return facts.harmonise(
                office.contracts().get("trade"),
                batches,
                Map.of("generated", "as it is"),
                "bench",
                step == 1 ? OptionalLong.empty() : OptionalLong.of(step - 1),
                Write.of("harmonise", "trade", step));
    }

    private HarmoniseResult requireRevised(HarmoniseResult result) {
        if (result.changes().revised() != rows / ONE_IN) {
            throw new IllegalStateException("not one in " + ONE_IN + " was revised: " + result);
        }
        return result;
    }

    private static AcceptedBatch ingested(Lake lake, Office office, String vintage) {
        Source source = office.sources().get("generated");
        List<Receipt> receipts = Receipt.of(source, BLOCK);
        new Ingest(lake)
                .read(
                        source,
                        office.contracts().get("trade"),
                        receipts,
                        false,
                        "bench",
                        Write.of("ingest", source.id(), Instant.parse(vintage).getEpochSecond()));
        return new AcceptedBatch(source.id(), receipts.get(0).batch(), "", Instant.parse(vintage), "m");
    }

    private static RegionTree tree() {
        List<Region> regions = new ArrayList<>();
        regions.add(new Region("G", "All", "NUTS0", Optional.empty(), List.of()));
        for (int i = 0; i < GeneratedTrade.REGIONS; i++) {
            String code = "UKR" + (GeneratedTrade.FIRST_REGION + i);
            regions.add(new Region(code, code, "NUTS1", Optional.of("G"), List.of()));
        }
        return new RegionTree(regions);
    }

    /** Every hundredth line has another mass. */
    private static Path revised(Path first, Path second) throws IOException {
        if (Files.exists(second)) {
            return second;
        }
        Path unfinished = second.resolveSibling("unfinished");
        try (BufferedReader in = Files.newBufferedReader(first);
                BufferedWriter out = Files.newBufferedWriter(unfinished)) {
            long number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine(), number++) {
                out.write(line);
                out.write(number > 0 && number % ONE_IN == 0 ? "7\n" : "\n");
            }
        }
        return Files.move(unfinished, second);
    }
}

package org.regionaldoughnut.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.ingest.Ingest;
import org.regionaldoughnut.ingest.IngestResult;
import org.regionaldoughnut.ingest.Receipt;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Session;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.OfficeReader;
import org.regionaldoughnut.office.Source;

/**
 * Ingest of generated trade into {@code raw}, hashed, mapped, numbered and checked, against Spark alone reading the
 * same CSV with the same types and writing Parquet. Both warm, in one session.
 */
final class IngestBenchmark implements Benchmarks.Benchmark {
    private static final double TARGET = 1.8;
    private static final long BLOCK = 128L << 20;

    private final long rows;

    IngestBenchmark(long rows) {
        this.rows = rows;
    }

    @Override
    public void run(Path folder, int repetitions) throws Exception {
        Path file = GeneratedTrade.file(folder, rows);
        Office office = office(folder, file);
        SparkSession spark = Session.open("local[*]", Map.of());
        spark.sparkContext().setLogLevel("ERROR");
        Callable<Object> plain = () -> plain(spark, file, emptied(folder.resolve("plain")));
        Callable<Object> ingest = () -> ingest(spark, office, emptied(folder.resolve("storage")));
        plain.call();
        ingest.call();
        Ratio ratio = new Ratio("ingest of " + rows + " rows", TARGET);
        for (int i = 0; i < repetitions; i++) {
            ratio.measure(plain, ingest);
        }
        ratio.conclude();
        spark.stop();
    }

    private static Path plain(SparkSession spark, Path file, Path to) {
        spark.read()
                .option("header", true)
                .schema(StructType.fromDDL(GeneratedTrade.SCHEMA))
                .csv(file.toString())
                .write()
                .parquet(to.resolve("table").toString());
        return to;
    }

    Path ingest(SparkSession spark, Office office, Path storage) {
        Source source = office.sources().get("generated");
        List<Receipt> receipts = Receipt.of(source, BLOCK);
        IngestResult result = new Ingest(new Lake(spark, storage.toUri().toString()))
                .read(
                        source,
                        office.contracts().get("trade"),
                        receipts,
                        false,
                        "bench",
                        Write.of("ingest", source.id(), 1));
        if (result.kept() != rows) {
            throw new IllegalStateException(result.kept() + " of " + rows + " rows were kept");
        }
        return storage;
    }

    static Office office(Path folder, Path file) throws IOException {
        Path office = folder.resolve("office");
        Files.createDirectories(office.resolve("sources"));
        Files.writeString(
                office.resolve("office.yaml"),
                """
                id: office
                title: Generated
                time_zone: UTC
                regions: {frame: GENERATED, root: G}
                doughnut: {years: [2019], levels: [NUTS1]}
                boundary_set: uk-2019
                """);
        Files.writeString(
                office.resolve("sources/generated.yaml"),
                """
                id: generated
                title: Generated trade
                publisher: nobody
                licence: CC0-1.0
                contract: trade
                location: {path: "%s"}
                format: {kind: csv}
                columns:
                  region: Reporter
                  region_scheme: {constant: GENERATED}
                  partner: {from: Partner}
                  flow: {from: Flow, codes: {Exp: export, Imp: import}}
                  product_scheme: {constant: HS2017}
                  product: {from: Product}
                  period: {from: Year}
                  value: {from: Value}
                  currency: {constant: GBP}
                  net_mass_kg: {from: Net mass}
                """
                        .formatted(file));
        Path home = Path.of(System.getProperty("doughnut.home", "")).toAbsolutePath();
        return new OfficeReader(home, Map.of(), folder).read(office.toString(), List.of());
    }

    static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> walk = Files.walk(folder)) {
                for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return folder;
    }
}

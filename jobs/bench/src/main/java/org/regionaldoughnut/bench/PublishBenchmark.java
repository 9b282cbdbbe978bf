package org.regionaldoughnut.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.app.query.ReleaseQuery;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Session;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.TableOption;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.ledger.Ledger;
import org.regionaldoughnut.ledger.LedgerSettings;
import org.regionaldoughnut.ledger.Ledgers;
import org.regionaldoughnut.office.Contract;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.OfficeReader;
import org.regionaldoughnut.publish.Dissemination;
import org.regionaldoughnut.publish.Draft;
import org.regionaldoughnut.publish.DraftRequest;
import org.regionaldoughnut.publish.Drafts;

/**
 * A draft of generated indicators, sorted, with its identity and descriptions, against Spark alone writing the same rows
 * as Parquet; then the README's questions asked of the release.
 */
final class PublishBenchmark implements Benchmarks.Benchmark {
    private static final double TARGET = 1.5;
    private static final int REGIONS = 400;
    private static final int YEARS = 250;
    private static final int FIRST_YEAR = 1771;
    private static final List<String> QUESTIONS = List.of(
            "select r.name, round(i.value, 2) as t, i.obs_status from indicators i join regions r on r.code = i.region"
                    + " where i.indicator = 'indicator-7' and i.period = '2019' and r.level = 'NUTS1' order by i.value",
            "select dimension, indicator, round(gap_percent, 1) as shortfall, reason from doughnut where framework ="
                    + " 'doughnut' and ring = 'social' and region = 'R7'",
            "select count(*) as n from indicators",
            "select region, value, obs_status, reason from indicators where indicator = 'indicator-7'");

    private final long rows;

    PublishBenchmark(long rows) {
        this.rows = rows;
    }

    @Override
    public void run(Path folder, int repetitions) throws Exception {
        IngestBenchmark.emptied(folder);
        SparkSession spark = Session.open("local[*]", Map.of());
        spark.sparkContext().setLogLevel("ERROR");
        Path storage = Files.createDirectories(folder.resolve("storage"));
        Office office = office(folder);
        Lake lake = new Lake(spark, storage.toUri().toString().replaceAll("/$", ""));
        generate(lake, office);
        Drafts drafts = new Drafts(lake, storage, Clock.systemUTC());
        Callable<Object> plain = () -> {
            Path to = IngestBenchmark.emptied(folder.resolve("plain"));
            lake.read(new Table("statistics", "indicators"))
                    .orElseThrow()
                    .write()
                    .parquet(to.toString());
            return to;
        };
        Callable<Draft> publish = () -> drafts.build(new DraftRequest(office, "bench", List.of()));
        plain.call();
        publish.call();
        Ratio ratio = new Ratio("publishing " + rows + " rows", TARGET);
        for (int i = 0; i < repetitions; i++) {
            ratio.measure(plain, publish);
        }
        ratio.conclude();
        Draft draft = publish.call();
        try (Ledger ledger = Ledgers.open(LedgerSettings.embedded(storage.resolve("ledger")), Clock.systemUTC())) {
            Dissemination dissemination = new Dissemination(office, storage, ledger, Clock.systemUTC());
            dissemination.drafted(draft, "bench");
            dissemination.finished(draft.id());
        }
        spark.stop();
        ask(storage);
    }

    private static void ask(Path storage) {
        ReleaseQuery release = new ReleaseQuery(storage);
        for (String question : QUESTIONS) {
            long start = System.nanoTime();
            int answers = release.run(question).rows().size();
            System.out.println(String.format(
                    Locale.ROOT,
                    "%.3f s, target under 1 s, %d rows: %s",
                    (System.nanoTime() - start) / 1e9,
                    answers,
                    question));
        }
    }

    private void generate(Lake lake, Office office) {
        SparkSession spark = lake.spark();
        Column region = concat(lit("R"), functions.pmod(col("id"), lit(REGIONS)));
        Column year = functions
                .pmod(functions.floor(col("id").divide(lit(REGIONS))), lit(YEARS))
                .plus(lit(FIRST_YEAR))
                .cast("int");
        Column indicator = concat(
                lit("indicator-"),
                functions.floor(col("id").divide(lit((long) REGIONS * YEARS))).cast("string"));
        Dataset<Row> figures = spark.range(rows)
                .withColumn("indicator", indicator)
                .withColumn("breakdown", lit("_T"))
                .withColumn("region", region)
                .withColumn("year", year)
                .withColumn("period", col("year").cast("string"))
                .withColumn("value", functions.rand(1).multiply(lit(100)))
                .withColumn("numerator", functions.rand(2).multiply(lit(1e6)))
                .withColumn("denominator", functions.rand(3).multiply(lit(1e4)))
                .withColumn("unit", lit("t per person"))
                .withColumn("reference_year", year)
                .withColumn("origin", lit("published"))
                .withColumn("obs_status", lit("A"))
                .withColumn("conf_status", lit("F"))
                .withColumn("coverage_regions", lit(1.0))
                .withColumn("coverage_population", lit(1.0))
                .withColumn("vintage", lit(java.sql.Timestamp.valueOf("2020-10-15 00:00:00")))
                .withColumn("run", lit("bench"))
                .drop("id");
        // as the engine leaves them: a folder a year, in the order of the key
        Dataset<Row> ordered = figures.repartitionByRange(YEARS / 10, col("year"))
                .sortWithinPartitions("year", "indicator", "breakdown", "region");
        save(
                lake,
                office,
                "indicators",
                new Table("statistics", "indicators"),
                ordered,
                TableOption.partitionedBy("year"),
                TableOption.statisticsOn("indicator", "region", "period"));
        save(lake, office, "doughnut", new Table("statistics", "doughnut"), spark.emptyDataFrame());
        Dataset<Row> regions = spark.range(REGIONS)
                .withColumn("code", concat(lit("R"), col("id")))
                .withColumn("scheme", lit("GENERATED"))
                .withColumn("name", concat(lit("Region "), col("id")))
                .withColumn("level", lit("NUTS1"))
                .withColumn("parent", lit("G"))
                .drop("id");
        save(lake, office, "regions", Table.harmonised("regions"), regions);
    }

    /** With all columns of the contract; those not generated are null. */
    private static void save(
            Lake lake, Office office, String contract, Table table, Dataset<Row> generated, TableOption... options) {
        List<String> known = List.of(generated.columns());
        List<Contract.Column> columns = office.contracts().get(contract).columns();
        Dataset<Row> all = known.isEmpty()
                ? lake.spark()
                        .createDataFrame(
                                List.of(),
                                StructType.fromDDL(columns.stream()
                                        .map(c -> c.name() + " " + c.physicalType())
                                        .collect(java.util.stream.Collectors.joining(", "))))
                : generated.select(columns.stream()
                        .map(c -> (known.contains(c.name()) ? col(c.name()) : lit(null))
                                .cast(c.physicalType())
                                .as(c.name()))
                        .toArray(Column[]::new));
        lake.replace(table, all, null, Write.of("bench", table.toString(), 1), options);
    }

    private static Office office(Path folder) throws IOException {
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
        Path home = Path.of(System.getProperty("doughnut.home", "")).toAbsolutePath();
        return new OfficeReader(home, Map.of(), folder).read(office.toString(), List.of());
    }
}

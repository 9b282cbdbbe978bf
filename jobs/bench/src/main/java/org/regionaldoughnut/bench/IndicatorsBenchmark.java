package org.regionaldoughnut.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.regionaldoughnut.indicators.Indicators;
import org.regionaldoughnut.indicators.formulas.Complexity;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Session;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.TableOption;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.OfficeReader;

/**
 * Two hundred indicators over 1,500 regions and 20 years from generated trade, emissions and census, written to Delta,
 * against one {@code groupBy(region, year)} over the same tables; the same again after one year of a table has changed;
 * and diversity and complexity against one {@code groupBy(region, year, product)}. Rows of emissions are a tenth, of
 * census a quarter of those of trade.
 */
final class IndicatorsBenchmark implements Benchmarks.Benchmark {
    private static final int REGIONS = 1_500;
    private static final int YEARS = 20;
    private static final int FIRST_YEAR = 2000;
    private static final int PRODUCTS = 96;
    private static final int SECTORS = 20;
    private static final int VARIABLES = 30;
    private static final double TARGET = 6;
    private static final double TARGET_CHANGED = 0.15;
    private static final double TARGET_PRODUCTS = 1.5;

    private static final List<String> TABLES = List.of("emissions", "trade", "census");

    private static final int COUNTRIES = 250;
    private static final int SUBHEADINGS = 5_000;
    private static final double TARGET_COMPLEXITY = 10;

    private final long rows;
    private final List<String> parts = List.of(System.getProperty("bench.parts", "complexity,full,changed,products")
            .split(","));
    private long step;

    IndicatorsBenchmark(long rows) {
        this.rows = rows;
    }

    @Override
    public void run(Path folder, int repetitions) throws Exception {
        SparkSession spark = Session.open("local[*]", Map.of());
        spark.sparkContext().setLogLevel("ERROR");
        // generated rows are kept for the next time, what was computed from them is not
        Path storage = folder.resolve("rows-" + rows);
        IngestBenchmark.emptied(storage.resolve("lake/statistics"));
        Lake lake = new Lake(spark, storage.toUri().toString());
        if (!Files.exists(storage.resolve("generated"))) {
            IngestBenchmark.emptied(storage);
            generate(lake);
            Files.createFile(storage.resolve("generated"));
        }
        Office many = office(folder.resolve("many"), manyIndicators());
        Office products = office(folder.resolve("products"), ofProducts());
        RegionTree tree = tree();
        if (parts.contains("complexity")) {
            complexity();
        }
        if (parts.contains("full")) {
            Callable<Object> plain = () -> {
                for (String table : TABLES) {
                    grouped(lake, table, "region", "year");
                }
                return null;
            };
            compare(
                    "200 indicators from " + rows + " rows of trade",
                    TARGET,
                    repetitions,
                    plain,
                    () -> compute(lake, many, tree, other()));
        }
        if (parts.contains("changed")) {
            compute(lake, many, tree, other());
            for (String table : TABLES) {
                Ratio changed = new Ratio("one changed year of " + table + " against all", TARGET_CHANGED);
                for (int i = 0; i < repetitions; i++) {
                    String again = other();
                    changed.measure(
                            () -> compute(lake, many, tree, again),
                            () -> change(lake, table),
                            () -> compute(lake, many, tree, again));
                }
                changed.conclude();
            }
        }
        if (parts.contains("products")) {
            compare(
                    "diversity and complexity from " + rows + " rows of trade",
                    TARGET_PRODUCTS,
                    repetitions,
                    () -> grouped(lake, "trade", "region", "year", "product"),
                    () -> compute(lake, products, tree, other()));
        }
        spark.stop();
    }

    private static void compare(String name, double target, int repetitions, Callable<?> plain, Callable<?> work)
            throws Exception {
        plain.call();
        work.call();
        Ratio ratio = new Ratio(name, target);
        for (int i = 0; i < repetitions; i++) {
            ratio.measure(plain, work);
        }
        ratio.conclude();
    }

    /** A program that nothing was computed by, so that all has to be read and computed. */
    private String other() {
        return "program-" + ++step;
    }

    /** The formula alone, on as many regions as there are countries and as many products as HS has subheadings. */
    private static void complexity() {
        Random random = new Random(1);
        double[][] quotients = new double[COUNTRIES][SUBHEADINGS];
        for (double[] row : quotients) {
            double diversity = random.nextDouble();
            for (int product = 0; product < row.length; product++) {
                row[product] = random.nextDouble() < diversity ? 2 : 0;
            }
        }
        long start = System.nanoTime();
        boolean defined = Complexity.of(quotients, 1).isPresent();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.println(String.format(
                Locale.ROOT,
                "complexity of %d regions by %d products: %.2f s, target under %.0f s: %s",
                COUNTRIES,
                SUBHEADINGS,
                seconds,
                TARGET_COMPLEXITY,
                defined && seconds < TARGET_COMPLEXITY ? "met" : "MISSED"));
    }

    private Object compute(Lake lake, Office office, RegionTree tree, String program) {
        Indicators.Result result = new Indicators(lake, office, tree, Instant.MAX)
                .compute("bench", program, Write.of("indicators", office.id(), ++step));
        System.out.println(String.format(
                Locale.ROOT, "  %d terms, %d values, years %s", result.terms(), result.values(), result.years()));
        return result;
    }

    private static Object grouped(Lake lake, String table, String... keys) {
        Dataset<Row> rows = lake.read(Table.harmonised(table))
                .orElseThrow()
                .where(col("superseded").isNull());
        org.apache.spark.sql.Column[] by = new org.apache.spark.sql.Column[keys.length];
        for (int i = 0; i < keys.length; i++) {
            by[i] = col(keys[i]);
        }
        rows.groupBy(by)
                .agg(sum("value"))
                .write()
                .format("noop")
                .mode("overwrite")
                .save();
        return null;
    }

    /** The figures of one year become others; of census also those of people. */
    private void change(Lake lake, String name) {
        Table table = Table.harmonised(name);
        Dataset<Row> changed = lake.read(table)
                .orElseThrow()
                .where(col("year").equalTo(lit(FIRST_YEAR + 7)))
                .withColumn("value", col("value").plus(lit(1)))
                .withColumn("value_hash", col("value_hash").plus(lit(1)))
                .localCheckpoint();
        lake.replace(table, changed, "year = " + (FIRST_YEAR + 7), Write.of("change", name, lake.version(table) + 1));
    }

    private void generate(Lake lake) {
        write(
                lake,
                "trade",
                rows,
                Map.of(
                        "flow", "if(pmod(hash(id, 1), 2) = 0, 'export', 'import')",
                        "partner", "concat('P', pmod(hash(id, 2), 40))",
                        "product", "lpad(pmod(hash(id, 3), " + PRODUCTS + "), 2, '0')",
                        "product_scheme", "'HS2017'",
                        "currency", "'GBP'",
                        "net_mass_kg", "cast(pmod(hash(id, 4), 100000) as double) / 100"));
        write(
                lake,
                "emissions",
                rows / 10,
                Map.of(
                        "sector", "concat('S', pmod(hash(id, 3), " + SECTORS + "))",
                        "substance", "'CO2'",
                        "unit", "'t'"));
        write(
                lake,
                "census",
                rows / 4,
                Map.of(
                        "variable",
                                "if(id < " + REGIONS * YEARS + ", 'population', concat('v', pmod(hash(id, 3), "
                                        + VARIABLES + ")))",
                        "breakdown", "'_T'",
                        "unit", "'persons'"));
    }

    private void write(Lake lake, String table, long n, Map<String, String> columns) {
        Dataset<Row> made = lake.spark()
                .range(n)
                .toDF("id")
                .withColumn("source", lit("generated-" + table))
                .withColumn("series", lit(table))
                .withColumn("region", expr("concat('R', lpad(pmod(id, " + REGIONS + "), 4, '0'))"))
                .withColumn(
                        "year",
                        expr("cast(pmod(floor(id / " + REGIONS + "), " + YEARS + ") + " + FIRST_YEAR + " as int)"))
                .withColumn("period", col("year").cast("string"));
        for (Map.Entry<String, String> column : columns.entrySet()) {
            made = made.withColumn(column.getKey(), expr(column.getValue()));
        }
        made = made.withColumn("value", expr("cast(pmod(hash(id, 5), 1000000) + 1 as double) / 100"))
                .withColumn("obs_status", lit("A"))
                .withColumn("vintage", expr("timestamp'2021-01-01'"))
                .withColumn("superseded", expr("cast(null as timestamp)"))
                .withColumn("key_hash", expr("xxhash64(id)"))
                .withColumn("value_hash", expr("xxhash64(value)"))
                .drop("id");
        TableOption layout = table.equals("trade")
                ? TableOption.partitionedBy("source", "year")
                : TableOption.partitionedBy("source");
        lake.replace(Table.harmonised(table), made.repartition(4), null, Write.of("generate", table, 1), layout);
    }

    private static RegionTree tree() {
        List<Region> regions = new ArrayList<>(List.of(new Region("G", "All", "NUTS0", Optional.empty(), List.of())));
        for (int i = 0; i < 10; i++) {
            regions.add(new Region("G" + i, "Part " + i, "NUTS1", Optional.of("G"), List.of()));
        }
        for (int i = 0; i < REGIONS; i++) {
            String code = String.format(Locale.ROOT, "R%04d", i);
            regions.add(new Region(code, code, "NUTS2", Optional.of("G" + i % 10), List.of()));
        }
        return new RegionTree(regions);
    }

    private static String indicator(String id, String definition) {
        return "- {id: " + id + ", title: T, description: D., unit: u, formula_text: f, lens: local-social,"
                + " direction: context, level: macro, form: context, universe: all, references: [generated],"
                + " roll_up: sum, slots: [{framework: doughnut, ring: social, dimension: food, headline: false}], "
                + definition + "}\n";
    }

    private static String term(String table, String where) {
        return "{table: " + table + ", series: [" + table + "], where: \"" + where + "\"}";
    }

    private static String manyIndicators() {
        String people = "people: " + term("census", "variable = 'population'");
        StringBuilder yaml = new StringBuilder("indicators:\n");
        for (int i = 0; i < 120; i++) {
            String flow = i % 2 == 0 ? "export" : "import";
            String product = String.format(Locale.ROOT, "%02d", i / 2);
            yaml.append(indicator(
                    "trade-" + i,
                    "terms: {own: " + term("trade", "flow = '" + flow + "' and product = '" + product + "'") + ", all: "
                            + term("trade", "flow = '" + flow + "'") + "}, formula: own / all * 100"));
        }
        for (int i = 0; i < 40; i++) {
            yaml.append(indicator(
                    "air-" + i,
                    "terms: {air: " + term("emissions", "sector = 'S" + i % SECTORS + "' and substance = 'CO2'") + ", "
                            + people + "}, formula: air / people * " + (i + 1)));
        }
        for (int i = 0; i < 40; i++) {
            yaml.append(indicator(
                    "count-" + i,
                    "terms: {own: " + term("census", "variable = 'v" + i % VARIABLES + "'") + ", " + people
                            + "}, formula: own / people * " + (i + 1)));
        }
        return yaml.toString();
    }

    private static String ofProducts() {
        String exports = "over: product, terms: {exports: " + term("trade", "flow = 'export'") + "}";
        return "indicators:\n" + indicator("entropy", "kind: entropy, " + exports)
                + indicator("concentration", "kind: herfindahl, " + exports)
                + indicator("related", "kind: related-variety, groups: {prefix: 1}, " + exports)
                + indicator("complexity", "kind: economic-complexity, among: NUTS2, " + exports);
    }

    private static Office office(Path home, String indicators) throws IOException {
        Path project = Path.of(System.getProperty("doughnut.home", "")).toAbsolutePath();
        Path office = home.resolve("office");
        Files.createDirectories(office.resolve("sources"));
        Files.createDirectories(office.resolve("indicators"));
        Files.writeString(
                office.resolve("office.yaml"),
                """
                id: office
                title: Generated
                time_zone: UTC
                regions: {frame: GENERATED, root: G}
                population: {table: census, series: census, where: "variable = 'population'"}
                doughnut: {years: [2019], levels: [NUTS1]}
                boundary_set: uk-2019
                """);
        Files.writeString(office.resolve("indicators/generated.yaml"), indicators);
        source(office, "trade", "flow: F, partner: P, product_scheme: S, product: C, currency: {constant: GBP}");
        source(
                office,
                "emissions",
                "sector_scheme: S, sector: C, substance: G, gwp: W, perspective: P, unit: {constant: t}");
        source(office, "census", "variable: V, breakdown: B, unit: U");
        return new OfficeReader(project, Map.of(), home).read(office.toString(), List.of());
    }

    private static void source(Path office, String contract, String columns) throws IOException {
        Files.writeString(
                office.resolve("sources/" + contract + ".yaml"),
                """
                id: %s
                title: Generated
                publisher: nobody
                licence: CC0-1.0
                contract: %s
                location: {path: none.csv}
                format: {kind: csv}
                columns:
                  region: R
                  region_scheme: {constant: GENERATED}
                  period: T
                  value: N
                  %s
                """
                        .formatted(contract, contract, columns.replaceAll(", (?=[a-z_]+: )", "\n  ")));
    }
}

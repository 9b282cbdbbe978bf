package org.regionaldoughnut.indicators;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.TableOption;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.OfficeReader;

/** An office made up for a test, read from real files as any other, and the harmonised rows of its country. */
final class Country {
    private static final Path PROJECT = Path.of(System.getProperty("project.root", "../.."));
    private static final Timestamp VINTAGE = Timestamp.from(Instant.parse("2020-10-15T00:00:00Z"));
    private static final StructType TRADE = StructType.fromDDL("source string, series string, region string,"
            + " flow string, partner string, product string, currency string, period string, year int, value double,"
            + " net_mass_kg double, obs_status string, vintage timestamp, superseded timestamp, key_hash long,"
            + " value_hash long");
    private static final StructType EMISSIONS = StructType.fromDDL("source string, series string, region string,"
            + " sector string, substance string, unit string, period string, year int, value double, obs_status string,"
            + " vintage timestamp, superseded timestamp, key_hash long, value_hash long");
    private static final StructType CENSUS = StructType.fromDDL("source string, series string, region string,"
            + " variable string, breakdown string, unit string, period string, year int, value double,"
            + " obs_status string, vintage timestamp, superseded timestamp, lower double, upper double,"
            + " confidence_level double, key_hash long, value_hash long");

    final Path home;
    private final List<Row> trade = new ArrayList<>();
    private final List<Row> emissions = new ArrayList<>();
    private final List<Row> census = new ArrayList<>();
    private final StringBuilder indicators = new StringBuilder("indicators:\n");

    Country(Path folder) throws IOException {
        home = folder.resolve("home");
        for (String part : List.of("conf", "codelists", "datasets", "correspondences")) {
            copy(
                    PROJECT.resolve("schemas").resolve(part),
                    home.resolve("schemas").resolve(part));
        }
        write("conf/doughnut.yaml", "storage: {}\n");
        write(
                "conf/frameworks/doughnut.yaml",
                """
                id: doughnut
                title: Doughnut
                source: test
                rings:
                  - {id: social, title: Social, dimensions: [{id: food, title: Food}]}
                  - {id: ecological, title: Ecological, dimensions: [{id: climate-change, title: Climate}]}
                """);
        write(
                "conf/boundaries/first.yaml",
                "{id: first, title: First, description: Of a test., source: test, boundaries: [], floors: []}\n");
        write(
                "conf/test/office.yaml",
                """
                id: test
                title: Test
                time_zone: UTC
                regions: {frame: TEST, root: X, correspondences: []}
                population: {table: census, series: people, where: "variable = 'population'"}
                doughnut: {years: [2019], levels: [NUTS1]}
                boundary_set: first
                """);
        source("goods", "trade", "flow: Flow, partner: P, product_scheme: S, product: C, currency: {constant: GBP}");
        source(
                "air",
                "emissions",
                "sector_scheme: S, sector: C, substance: G, gwp: W, perspective: P, unit: {constant: t}");
        source("people", "census", "variable: V, breakdown: B, unit: U");
        source("rates", "census", "variable: V, breakdown: B, unit: U");
    }

    private void source(String id, String contract, String columns) throws IOException {
        StringBuilder mapped = new StringBuilder();
        for (String column : columns.split(", (?=[a-z_]+: )")) {
            mapped.append("  ").append(column).append('\n');
        }
        write(
                "conf/test/sources/" + id + ".yaml",
                """
                id: %s
                title: Title
                publisher: nobody
                licence: CC0-1.0
                contract: %s
                location: {path: "none.csv"}
                format: {kind: csv}
                columns:
                  region: R
                  region_scheme: {constant: TEST}
                  period: T
                  value: N
                """
                                .formatted(id, contract)
                        + mapped);
    }

    Country write(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return this;
    }

    /** @param definition the keys that differ from indicator to indicator, in YAML flow style without braces */
    Country indicator(String id, String definition) {
        indicators.append(
                """
                - {id: %s, title: Title, description: Says., unit: u, formula_text: so, lens: local-social,
                   direction: %s, level: macro, universe: people, references: [test], %s %s %s}
                """
                        .formatted(
                                id,
                                definition.contains("threshold") ? "higher" : "lower",
                                definition.contains("form:") ? "" : "form: context,",
                                definition.contains("slots:")
                                        ? ""
                                        : "slots: [{framework: doughnut, ring: social, dimension: food, headline:"
                                                + " false}],",
                                definition));
        return this;
    }

    Country traded(String region, int year, String flow, String product, double value) {
        trade.add(RowFactory.create(
                "goods",
                "goods",
                region,
                flow,
                "FR",
                product,
                "GBP",
                "" + year,
                year,
                value,
                value / 2,
                "A",
                VINTAGE,
                null,
                hash(region, year, flow, product),
                hash(value)));
        return this;
    }

    Country emitted(String region, int year, String sector, double value) {
        return emitted(region, year, sector, value, "t");
    }

    Country emitted(String region, int year, String sector, double value, String unit) {
        emissions.add(RowFactory.create(
                "air",
                "air",
                region,
                sector,
                "CO2",
                unit,
                "" + year,
                year,
                value,
                "A",
                VINTAGE,
                null,
                hash(region, year, sector),
                hash(value)));
        return this;
    }

    Country counted(String series, String region, String period, String variable, String breakdown, Double value) {
        census.add(RowFactory.create(
                series,
                series,
                region,
                variable,
                breakdown,
                "persons",
                period,
                Estimate.year(period),
                value,
                value == null ? "Q" : "A",
                VINTAGE,
                null,
                null,
                null,
                null,
                hash(series, region, period, variable, breakdown),
                hash(value)));
        return this;
    }

    Country people(String region, int year, double value) {
        return counted("people", region, "" + year, "population", "_T", value);
    }

    private static long hash(Object... parts) {
        return java.util.Arrays.hashCode(parts);
    }

    Office office(String... set) throws IOException {
        write("conf/indicators/all.yaml", indicators.toString());
        return new OfficeReader(home, Map.of(), home).read("test", List.of(set));
    }

    /** The lake with the rows so far, in so many partitions. */
    Lake lake(SparkSession spark, Path folder, int partitions) {
        Lake lake = new Lake(spark, folder.toUri().toString());
        harmonised(lake, "trade", trade, TRADE, partitions);
        harmonised(lake, "emissions", emissions, EMISSIONS, partitions);
        harmonised(lake, "census", census, CENSUS, partitions);
        return lake;
    }

    /** The same, with trade by year as it is harmonised: deleted rows stay in their files, with marks beside them. */
    Lake lakeByYear(SparkSession spark, Path folder, int partitions) {
        Lake lake = new Lake(spark, folder.toUri().toString());
        TableOption[] layout = {TableOption.partitionedBy("source", "year"), TableOption.deletionVectors()};
        harmonised(lake, "trade", trade, TRADE, partitions, layout);
        harmonised(lake, "emissions", emissions, EMISSIONS, partitions);
        harmonised(lake, "census", census, CENSUS, partitions);
        return lake;
    }

    private static void harmonised(
            Lake lake, String table, List<Row> rows, StructType schema, int partitions, TableOption... layout) {
        lake.replace(
                Table.harmonised(table),
                lake.spark().createDataFrame(rows, schema).repartition(partitions),
                null,
                Write.of("harmonise", table, lake.version(Table.harmonised(table)) + 1),
                layout);
    }

    /** {@code indicator/breakdown/region/period} to the row. */
    static Map<String, Row> values(Lake lake) {
        return byKey(lake.read(Indicators.INDICATORS).orElseThrow());
    }

    /** The same rows, computed and not written. */
    static Map<String, Row> computed(Lake lake, Office office, RegionTree tree) {
        return byKey(rows(lake, office, tree, Set.of()));
    }

    /** @param known the years there are rows of */
    static Dataset<Row> rows(Lake lake, Office office, RegionTree tree, Set<Integer> known) {
        Values values = new Values(lake, office, tree, Instant.MAX);
        return values.compute(known, "run");
    }

    static Map<String, Row> byKey(Dataset<Row> rows) {
        Map<String, Row> values = new TreeMap<>();
        for (Row row : rows.collectAsList()) {
            String key = row.getAs("indicator") + "/" + row.getAs("breakdown") + "/" + row.getAs("region") + "/"
                    + row.getAs("period");
            if (values.put(key, row) != null) {
                throw new AssertionError(key + " stands twice");
            }
        }
        return values;
    }

    static Indicators.Result compute(Lake lake, Office office, RegionTree tree, long step) {
        return new Indicators(lake, office, tree, Instant.MAX)
                .compute("run", "program", Write.of("indicators", "all", step));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}

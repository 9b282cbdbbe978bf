package org.regionaldoughnut.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.regionaldoughnut.lake.Session;
import org.regionaldoughnut.office.Contract;
import org.regionaldoughnut.office.QualityRule;
import org.regionaldoughnut.validate.BatchRows;
import org.regionaldoughnut.validate.Codelists;
import org.regionaldoughnut.validate.Gate;
import org.regionaldoughnut.validate.GateResult;
import org.regionaldoughnut.validate.KeptState;
import org.regionaldoughnut.validate.References;

/** The gate against Spark alone, on generated trade: scans, groupings, wide tables, an appended batch, many batches. */
final class ValidateBenchmark implements Benchmarks.Benchmark {
    private static final int WIDE_COLUMNS = 300;
    private static final int WIDE_RULES = 400;
    private static final long WIDE_ROWS = 100_000;
    private static final List<String> KEY = List.of("region", "partner", "flow", "product", "period");

    private final long rows;

    ValidateBenchmark(long rows) {
        this.rows = rows;
    }

    @Override
    public void run(Path folder, int repetitions) throws Exception {
        SparkSession spark = Session.open("local[*]", Map.of());
        spark.sparkContext().setLogLevel("ERROR");
        Dataset<Row> trade = kept(spark, folder.resolve("trade-" + rows), trade(spark, rows));

        List<String> scanned = List.of("region", "partner", "flow", "product", "period", "value", "net_mass_kg");
        compare(
                "55 scan rules on " + rows + " rows against one aggregation of their columns",
                4.0,
                repetitions,
                () -> aggregated(trade, scanned),
                () -> checked(spark, scanRules(), trade));
        compare(
                "a key rule against the same groupBy",
                1.5,
                repetitions,
                () -> grouped(trade),
                () -> checked(spark, List.of(rule("IsPrimaryKey " + quoted(KEY))), trade));
        compare(
                "a reference rule against the same join",
                1.5,
                repetitions,
                () -> joined(spark, trade),
                () -> checked(spark, List.of(rule(REFERENCE)), trade));
        appended(spark, folder, trade, repetitions);
        wide(spark, folder);
        manyBatches(spark);
        spark.stop();
    }

    private static final String REFERENCE = "ReferentialIntegrity \"flow\" \"flows.code\" = 1.0";

    private static void compare(String name, double target, int repetitions, Callable<?> reference, Callable<?> work)
            throws Exception {
        reference.call();
        work.call();
        Ratio ratio = new Ratio(name, target);
        for (int i = 0; i < repetitions; i++) {
            ratio.measure(reference, work);
        }
        ratio.conclude();
    }

    private static Dataset<Row> trade(SparkSession spark, long rows) {
        return spark.range(0, rows, 1, 8)
                .selectExpr(
                        "'b' as batch",
                        "'trade.csv' as file",
                        "id + 2 as line",
                        "5 as cell",
                        "cast(id as string) as received",
                        "'t' as series",
                        "concat('UKR', id % 180) as region",
                        "concat('P', cast(id / 180 as bigint) % 240) as partner",
                        "if(id % 2 = 0, 'export', 'import') as flow",
                        "cast(id div 43200 as string) as product",
                        "cast(2010 + id % 10 as string) as period",
                        "cast(id % 1000003 as double) + 0.25 as value",
                        "if(id % 50 = 0, null, cast(id % 1009 as double)) as net_mass_kg");
    }

    private static Dataset<Row> kept(SparkSession spark, Path file, Dataset<Row> rows) {
        if (!Files.exists(file.resolve("_SUCCESS"))) {
            rows.write().mode("overwrite").parquet(file.toString());
        }
        return spark.read().parquet(file.toString());
    }

    private static List<Row> aggregated(Dataset<Row> rows, List<String> columns) {
        List<Column> all = new ArrayList<>();
        columns.forEach(c -> all.addAll(List.of(count(col(c)), min(col(c)), max(col(c)))));
        return rows.agg(count(lit(1)), all.toArray(Column[]::new)).collectAsList();
    }

    private static List<Row> grouped(Dataset<Row> rows) {
        return rows.groupBy(KEY.stream().map(c -> col(c)).toArray(Column[]::new))
                .agg(count(lit(1)).as("n"))
                .agg(sum(col("n").equalTo(1).cast("int")), count(lit(1)))
                .collectAsList();
    }

    private static List<Row> joined(SparkSession spark, Dataset<Row> rows) {
        Dataset<Row> codes = spark.sql("select 'export' as flow union all select 'import' as flow");
        return rows.join(codes, "flow").agg(count(lit(1)), count(col("flow"))).collectAsList();
    }

    private static List<QualityRule> scanRules() {
        List<QualityRule> rules = new ArrayList<>();
        for (String column : List.of("region", "partner", "flow", "product", "period")) {
            rules.add(rule("IsComplete \"" + column + "\""));
            rules.add(rule("Completeness \"" + column + "\" >= 0.9"));
            rules.add(rule("ColumnLength \"" + column + "\" between 0 and 40"));
            rules.add(rule("ColumnValues \"" + column + "\" matches \"[A-Za-z0-9.]+\""));
            rules.add(rule("ColumnValues \"" + column + "\" not in [\"x\", \"y\"]"));
        }
        for (String column : List.of("value", "net_mass_kg")) {
            for (int i = 0; i < 10; i++) {
                rules.add(rule("ColumnValues \"" + column + "\" >= " + -i + " where \"" + column + " is not null\""));
            }
            rules.add(rule("Mean \"" + column + "\" > 0"));
            rules.add(rule("Sum \"" + column + "\" > 0"));
            rules.add(rule("StandardDeviation \"" + column + "\" > 0"));
            rules.add(rule("Completeness \"" + column + "\" > 0.5"));
        }
        rules.add(rule("RowCount > 0"));
        rules.add(rule("CustomSql \"select count(*) from primary where value < net_mass_kg - 2000\" = 0"));
        return rules;
    }

    /** Validating the whole, against validating one more hundredth and merging the states kept of the rest. */
    private static void appended(SparkSession spark, Path folder, Dataset<Row> trade, int repetitions)
            throws Exception {
        long rows = trade.count();
        Dataset<Row> more = kept(spark, folder.resolve("more-" + rows), trade(spark, rows / 100));
        List<QualityRule> rules = new ArrayList<>(scanRules());
        rules.add(rule("IsPrimaryKey " + quoted(KEY)));
        List<KeptState> states;
        try (GateResult whole = gate(spark, rules, List.of(new BatchRows("t", "whole", List.of(), trade)))) {
            states = whole.states();
        }
        compare(
                "an appended hundredth against the whole of " + rows + " rows",
                0.1,
                repetitions,
                () -> checked(spark, rules, trade),
                () -> {
                    try (GateResult result = gate(spark, rules, List.of(new BatchRows("t", "more", List.of(), more)))) {
                        List<KeptState> both = new ArrayList<>(states);
                        both.addAll(result.states());
                        return KeptState.merged(both, Instant.EPOCH);
                    }
                });
    }

    private static void wide(SparkSession spark, Path folder) throws Exception {
        String[] columns = IntStream.range(0, WIDE_COLUMNS)
                .mapToObj(i -> "cast((id * " + (i + 7) + ") % 1009 as double) as c" + i)
                .toArray(String[]::new);
        List<String> all =
                new ArrayList<>(List.of("'b' as batch", "'w' as file", "id as line", "1 as cell", "'' as received"));
        all.addAll(Arrays.asList(columns));
        Dataset<Row> table = kept(
                spark, folder.resolve("wide"), spark.range(0, WIDE_ROWS, 1, 2).selectExpr(all.toArray(String[]::new)));
        List<QualityRule> rules = IntStream.range(0, WIDE_RULES)
                .mapToObj(i -> i % 2 == 0
                        ? rule("ColumnValues \"c" + i % WIDE_COLUMNS + "\" >= " + -i)
                        : rule("Completeness \"c" + i % WIDE_COLUMNS + "\" > 0." + (i % 9 + 1)))
                .toList();
        long start = System.nanoTime();
        checked(spark, rules, table);
        print(WIDE_RULES + " rules on " + WIDE_COLUMNS + " columns and " + WIDE_ROWS + " rows, cold", start, 60);
    }

    /** Fifty small batches of fifty sources, and one of the same rows. */
    private static void manyBatches(SparkSession spark) throws Exception {
        List<BatchRows> batches = IntStream.range(0, 50)
                .mapToObj(i -> new BatchRows(
                        "s" + i,
                        "b" + i,
                        List.of(rule("RowCount = 200")),
                        trade(spark, 200).coalesce(1)))
                .toList();
        List<BatchRows> one =
                List.of(new BatchRows("s", "b", List.of(), trade(spark, 10_000).coalesce(1)));
        List<QualityRule> rules = scanRules().subList(0, 12);
        compare(
                "50 batches against one of as many rows",
                4.0,
                2,
                () -> close(gate(spark, rules, one)),
                () -> close(gate(spark, rules, batches)));
    }

    private static Object close(GateResult result) {
        result.close();
        return result;
    }

    private static Object checked(SparkSession spark, List<QualityRule> rules, Dataset<Row> rows) {
        try (GateResult result = gate(spark, rules, List.of(new BatchRows("t", "b", List.of(), rows)))) {
            result.outcomes().forEach(outcome -> {
                if (!outcome.state().word().equals("passed")) {
                    throw new IllegalStateException(outcome.toString());
                }
            });
            return result.outcomes();
        }
    }

    private static GateResult gate(SparkSession spark, List<QualityRule> rules, List<BatchRows> batches) {
        List<Contract.Column> columns = new ArrayList<>();
        KEY.forEach(name -> columns.add(new Contract.Column(
                name,
                "string",
                "STRING",
                true,
                Optional.of(columns.size() + 1),
                Optional.empty(),
                Optional.empty(),
                "")));
        Contract contract = new Contract("trade", Path.of("trade"), "1", "Trade", columns, rules, "");
        Path codelists = Path.of(System.getProperty("doughnut.home", "")).resolve("schemas/codelists");
        return new Gate(spark, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), References.of(Codelists.in(codelists)))
                .check(contract, batches);
    }

    private static String quoted(List<String> columns) {
        return "\"" + String.join("\" \"", columns) + "\"";
    }

    private static QualityRule rule(String text) {
        return new QualityRule(
                "r" + Integer.toHexString(text.hashCode()),
                text,
                QualityRule.Severity.ERROR,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                QualityRule.Action.FLAG,
                0);
    }

    private static void print(String name, long start, double target) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.println(String.format(
                Locale.ROOT,
                "%s: %.1f s, target at most %.0f s: %s",
                name,
                seconds,
                target,
                seconds <= target ? "met" : "MISSED"));
    }
}

package org.regionaldoughnut.validate;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.office.QualityRule;

/** Small raw frames and rules for tests. */
final class Frames {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2020-10-15T09:30:00Z"), ZoneOffset.UTC);
    static final StructType SCHEMA = new StructType()
            .add("batch", "string")
            .add("file", "string")
            .add("line", "bigint")
            .add("cell", "int")
            .add("received", "string")
            .add("series", "string")
            .add("region", "string")
            .add("flow", "string")
            .add("period", "string")
            .add("value", "double");

    private Frames() {}

    /** A row of the file "f.csv": line, region, flow, period, value. */
    static Object[] row(long line, String region, String flow, String period, Double value) {
        return new Object[] {line, region, flow, period, value};
    }

    static Dataset<Row> rows(SparkSession spark, String batch, Object[]... rows) {
        List<Row> all = new ArrayList<>();
        for (Object[] r : rows) {
            all.add(RowFactory.create(
                    batch, "f.csv", r[0], 5, r[4] == null ? "" : r[4].toString(), "t1", r[1], r[2], r[3], r[4]));
        }
        return spark.createDataFrame(all, SCHEMA);
    }

    /** A batch of source "t1" with these rows. */
    static BatchRows batch(SparkSession spark, String batch, Object[]... rows) {
        return new BatchRows("t1", batch, List.of(), rows(spark, batch, rows));
    }

    static QualityRule error(String rule, QualityRule.Action action) {
        return rule(rule, QualityRule.Severity.ERROR, action);
    }

    static QualityRule error(String rule) {
        return error(rule, QualityRule.Action.STOP);
    }

    static QualityRule warning(String rule) {
        return rule(rule, QualityRule.Severity.WARNING, QualityRule.Action.FLAG);
    }

    static QualityRule rule(String rule, QualityRule.Severity severity, QualityRule.Action action) {
        return new QualityRule(
                "rule-" + Integer.toHexString(rule.hashCode()),
                rule,
                severity,
                Optional.of("validity"),
                Optional.of("a test"),
                Optional.empty(),
                action,
                0);
    }

    static GateResult check(SparkSession spark, List<QualityRule> rules, BatchRows... batches) {
        return new Gate(spark, CLOCK, References.none())
                .check("trade", List.of("region", "flow", "period"), rules, Arrays.asList(batches));
    }

    /** The one outcome of a check of one rule and one batch. */
    static Outcome outcome(SparkSession spark, QualityRule rule, BatchRows batch) {
        try (GateResult result = check(spark, List.of(rule), batch)) {
            return result.outcomes().get(0);
        }
    }

    /** "line: message" of the failing rows, by line. */
    static List<String> failing(GateResult result) {
        return result.failing().orderBy("line", "rule").collectAsList().stream()
                .map(r -> r.getAs("line") + " " + r.getAs("action") + ": " + r.getAs("message"))
                .toList();
    }
}

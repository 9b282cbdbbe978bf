package org.regionaldoughnut.validate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.office.QualityRule;
import software.amazon.glue.dqdl.model.condition.number.NumberBasedCondition;

/**
 * Names the rows that fail, by conditions compiled from the rules: they depend on the row and its key only, never on
 * how the table is partitioned.
 */
final class FailingRows {
    static final String RULE = "_rule";

    private static final List<String> PROVENANCE = List.of("batch", "file", "line", "cell", "received");

    private final Dataset<Row> rows;
    private final String slice;
    private final References references;
    private final Map<Integer, Edit> edits;

    /**
     * @param slice column with the number of the row's batch
     * @param edits by the rule's number
     */
    FailingRows(Dataset<Row> rows, String slice, References references, Map<Integer, Edit> edits) {
        this.rows = rows;
        this.slice = slice;
        this.references = references;
        this.edits = edits;
    }

    /** Whether the rule judges single rows. */
    static boolean judges(ParsedRule rule, References references) {
        return rule.kind() == ParsedRule.Kind.KEY
                || rule.kind() == ParsedRule.Kind.EDIT
                || RowCondition.of(rule, references).isPresent();
    }

    /**
     * The rows that fail rules.
     *
     * @param failed by number of the rule, the slices on which it failed
     * @return slice, _rule, batch, file, line, cell, received, stage, action, rule, message; empty for no such rule
     */
    Optional<Dataset<Row>> of(List<ParsedRule> rules, Map<Integer, ? extends Collection<Integer>> failed) {
        List<Column> verdicts = new ArrayList<>();
        List<Dataset<Row>> parts = new ArrayList<>();
        failed.forEach((number, slices) -> {
            ParsedRule rule = rules.get(number);
            if (edits.containsKey(number)) {
                parts.add(edited(number, rule, col(slice).isin(slices.toArray())));
                return;
            }
            Column judged = col(slice).isin(slices.toArray());
            if (rule.domain().isPresent()) {
                judged = judged.and(expr("coalesce((" + rule.domain().get() + "), false)"));
            }
            Optional<String> good = RowCondition.of(rule, references);
            if (good.isPresent()) {
                Column bad = judged.and(expr("not coalesce((" + good.get() + "), false)"));
                verdicts.add(when(bad, verdict(number, rule, message(rule))));
            } else if (rule.kind() == ParsedRule.Kind.KEY) {
                if (rule.type().equals("IsPrimaryKey")) {
                    parts.add(incomplete(number, rule, judged));
                }
                parts.add(repeated(number, rule, judged));
            }
        });
        if (!verdicts.isEmpty()) {
            parts.add(0, byConditions(verdicts));
        }
        return parts.stream().reduce(Dataset::union);
    }

    private Dataset<Row> edited(int number, ParsedRule rule, Column judged) {
        String holds = RowCondition.compare(
                        Edit.MEASURED, (NumberBasedCondition) rule.dqdl().getCondition())
                .orElseThrow();
        Column message = concat(
                col(Edit.SAID),
                lit(": "),
                coalesce(col(Edit.MEASURED).cast("string"), lit("no quotient")),
                lit(", expected " + rule.expected()));
        return flat(edits.get(number)
                .measured(rows.where(judged))
                .where("not coalesce((" + holds + "), false)")
                .select(provenance(verdict(number, rule, message).as("verdict"))));
    }

    private Dataset<Row> byConditions(List<Column> verdicts) {
        Column met = filter(array(verdicts.toArray(Column[]::new)), Column::isNotNull);
        return flat(rows.select(provenance(explode(met).as("verdict"))));
    }

    private Dataset<Row> incomplete(int number, ParsedRule rule, Column judged) {
        Column missing = concat_ws(
                ", ",
                rule.columns().stream()
                        .map(c -> when(column(c).isNull(), lit(c)))
                        .toArray(Column[]::new));
        Column message = concat(missing, lit(" is missing: a part of the key"));
        return flat(rows.where(judged.and(lacking(rule)))
                .select(provenance(verdict(number, rule, message).as("verdict"))));
    }

    /**
     * Rows whose key another row of the batch has: all of them where their other columns differ; where these are equal,
     * all but the first by file, line and cell.
     */
    private Dataset<Row> repeated(int number, ParsedRule rule, Column judged) {
        Dataset<Row> complete = rows.where(judged.and(not(lacking(rule))));
        Set<String> key = Set.copyOf(rule.columns());
        Column[] others = List.of(rows.columns()).stream()
                .filter(c -> !key.contains(c) && !PROVENANCE.contains(c))
                .map(FailingRows::column)
                .toArray(Column[]::new);
        Column place = struct(col("file"), col("line"), col("cell"));
        List<Column> by = new ArrayList<>(List.of(col(slice)));
        rule.columns().forEach(c -> by.add(column(c)));

        Dataset<Row> groups = complete.groupBy(by.toArray(Column[]::new))
                .agg(
                        count(lit(1)).as("_n"),
                        min(place).as("_first"),
                        max(place).as("_last"),
                        min(struct(others)).eqNullSafe(max(struct(others))).as("_same"))
                .where(col("_n").gt(1));
        List<String> on = new ArrayList<>(List.of(slice));
        on.addAll(rule.columns());
        Column other = when(place.equalTo(col("_first")), col("_last")).otherwise(col("_first"));
        Column message = concat(
                lit("key ("),
                concat_ws(
                        ", ",
                        rule.columns().stream()
                                .map(c -> column(c).cast("string"))
                                .toArray(Column[]::new)),
                lit(") stands in "),
                col("_n"),
                lit(" rows, also in line "),
                other.getField("line"),
                lit(" of "),
                coalesce(other.getField("file"), lit("?")),
                when(col("_same"), lit(", with the same values")).otherwise(lit(", with other values")));
        return flat(complete.join(groups, on.toArray(String[]::new))
                .where(not(col("_same")).or(not(place.eqNullSafe(col("_first")))))
                .select(provenance(verdict(number, rule, message).as("verdict"))));
    }

    private Dataset<Row> flat(Dataset<Row> judged) {
        List<Column> columns = new ArrayList<>(List.of(col(slice), col("verdict._rule")));
        PROVENANCE.forEach(c -> columns.add(col(c)));
        for (String part : List.of("stage", "action", "rule", "message")) {
            columns.add(col("verdict." + part));
        }
        return judged.select(columns.toArray(Column[]::new));
    }

    private Column[] provenance(Column verdict) {
        List<Column> columns = new ArrayList<>(List.of(col(slice)));
        PROVENANCE.forEach(c -> columns.add(col(c)));
        columns.add(verdict);
        return columns.toArray(Column[]::new);
    }

    private static Column verdict(int number, ParsedRule rule, Column message) {
        return struct(
                lit(number).as(RULE),
                lit("rule").as("stage"),
                lit(action(rule.quality())).as("action"),
                lit(rule.quality().rule()).as("rule"),
                message.as("message"));
    }

    /** A warning never stops a batch: its rows are flagged unless they are removed. */
    static String action(QualityRule rule) {
        return switch (rule.action()) {
            case REMOVE -> "removed";
            case FLAG -> "flagged";
            case STOP -> rule.severity() == QualityRule.Severity.ERROR ? "batch_stopped" : "flagged";
        };
    }

    private static Column message(ParsedRule rule) {
        if (rule.counted().isEmpty()) {
            return concat(said(rule.columns().get(0)), lit(", expected " + rule.expected()));
        }
        List<Column> columns = SqlText.columnsOfCondition(rule.counted().get()).stream()
                .map(FailingRows::said)
                .toList();
        return concat(
                concat_ws(", ", columns.toArray(Column[]::new)),
                lit(", expected no row with " + rule.counted().get()));
    }

    private static Column said(String column) {
        return concat(lit(column + " is "), coalesce(column(column).cast("string"), lit("missing")));
    }

    private static Column lacking(ParsedRule rule) {
        return rule.columns().stream()
                .map(c -> column(c).isNull())
                .reduce(Column::or)
                .orElseThrow();
    }

    private static Column column(String name) {
        return col(RowCondition.quoted(name));
    }
}

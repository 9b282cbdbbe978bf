package org.regionaldoughnut.validate;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Rules that set rows against other rows of their batch, against another column or against the latest release: what
 * they measure, for every batch in one query. A row is good where its measure meets the rule's condition.
 */
final class Edit {
    static final String MEASURED = "_measured";
    static final String SAID = "_said";

    private static final List<String> PLACE = List.of("batch", "file", "line", "cell", "received");

    private final ParsedRule rule;
    private final List<String> key;
    private final References references;

    /** @param key columns that together tell one figure of a batch from another */
    Edit(ParsedRule rule, List<String> key, References references) {
        this.rule = rule;
        this.key = key;
        this.references = references;
    }

    /** Judged rows alone: _slice, batch, file, line, cell, received, _measured (double), _said (what was compared). */
    Dataset<Row> measured(Dataset<Row> all) {
        Dataset<Row> rows =
                rule.where().map(w -> all.where("coalesce((" + w + "), false)")).orElse(all);
        return switch (rule.type()) {
            case "Reconciliation", "ReconciliationRatio" -> reconciled(rows);
            case "Balance" -> balanced(rows);
            case "CodeRatio" -> codeRatio(rows);
            case "ColumnRatio" -> columnRatio(rows);
            case "PeriodChange" -> periodChange(rows);
            case "ReleaseChange" -> releaseChange(rows);
            default -> throw new IllegalStateException("no edit: " + rule.type());
        };
    }

    /** A total against the sum of its parts, where every part is there and has a value. */
    private Dataset<Row> reconciled(Dataset<Row> rows) {
        Hierarchy hierarchy = Hierarchy.of(rule.parameter("Codelist"), references.codelists());
        Dataset<Row> roles = broadcast(hierarchy.roles(rows.sparkSession()));
        Column isTotal = col(Hierarchy.TOTAL);
        Dataset<Row> sums = rows.join(roles, column(dimension()).equalTo(col(Hierarchy.RECEIVED)))
                .groupBy(group(rows, List.of(dimension()), col(Hierarchy.NODE), col(Hierarchy.PARTS)))
                .agg(
                        max(when(isTotal, value())).as("_total"),
                        max(when(isTotal, place(rows))).as("_place"),
                        sum(when(not(isTotal), value())).as("_sum"),
                        count(when(not(isTotal), value())).as("_known"))
                .where("_total is not null and _known = " + Hierarchy.PARTS);
        boolean ratio = rule.type().equals("ReconciliationRatio");
        Column measure =
                ratio ? col("_total").divide(col("_sum")) : abs(col("_total").minus(col("_sum")));
        Column said = concat(
                lit(valueColumn() + " of "),
                col(Hierarchy.NODE),
                lit(" is "),
                col("_total"),
                lit(", the sum of its "),
                col("_known"),
                lit(" parts is "),
                col("_sum"));
        return at(sums, measure, said);
    }

    /** The two sides of an equation of codes, where each of them has a value. */
    private Dataset<Row> balanced(Dataset<Row> rows) {
        Equation equation = Equation.parse(rule.parameter("Equation"));
        Column signed = lit(0.0);
        for (Map.Entry<String, Integer> term : equation.signs().entrySet()) {
            signed = when(
                            column(dimension()).equalTo(lit(term.getKey())),
                            value().multiply(lit(term.getValue().doubleValue())))
                    .otherwise(signed);
        }
        Column isFirst = column(dimension()).equalTo(lit(equation.first()));
        Column first = when(isFirst, value());
        Dataset<Row> sides = rows.where(
                        column(dimension()).isin(equation.signs().keySet().toArray()))
                .groupBy(group(rows, List.of(dimension())))
                .agg(
                        max(first).as("_total"),
                        max(when(isFirst, place(rows))).as("_place"),
                        sum(signed).as("_rest"),
                        count(value()).as("_known"))
                .where("_total is not null and _known = " + equation.signs().size());
        Column said = concat(
                lit(equation.first() + " is "),
                col("_total"),
                lit(", by " + equation + " it would be "),
                col("_total").minus(col("_rest")));
        return at(sides, abs(col("_rest")), said);
    }

    private Dataset<Row> codeRatio(Dataset<Row> rows) {
        Equation.Quotient quotient = Equation.quotient(rule.parameter("Quotient"));
        Column isAbove = column(dimension()).equalTo(lit(quotient.numerator()));
        Column isBelow = column(dimension()).equalTo(lit(quotient.denominator()));
        Dataset<Row> both = rows.where(isAbove.or(isBelow))
                .groupBy(group(rows, List.of(dimension())))
                .agg(
                        max(when(isAbove, value())).as("_above"),
                        max(when(isBelow, value())).as("_below"),
                        max(when(isAbove, place(rows))).as("_place"));
        return ratio(both, quotient.numerator(), quotient.denominator());
    }

    private Dataset<Row> columnRatio(Dataset<Row> rows) {
        String above = rule.columns().get(0);
        String below = rule.columns().get(1);
        return ratio(
                rows.select(
                        col(Slices.COLUMN),
                        column(above).as("_above"),
                        column(below).as("_below"),
                        place(rows).as("_place")),
                above,
                below);
    }

    /** Nothing by nothing is not judged; something by nothing has no ratio and fails. */
    private Dataset<Row> ratio(Dataset<Row> both, String above, String below) {
        Dataset<Row> judged =
                both.where("_above is not null and _below is not null and not (_above = 0 and _below = 0)");
        Column said = concat(lit(above + " is "), col("_above"), lit(", " + below + " is "), col("_below"));
        return at(judged, expr("case when _below <> 0 then _above / _below end"), said);
    }

    /** The change against the period before, of the same length; for years the year before. */
    private Dataset<Row> periodChange(Dataset<Row> rows) {
        String period = "period";
        WindowSpec series = Window.partitionBy(group(rows, List.of(period))).orderBy(period);
        Dataset<Row> pairs = rows.withColumn("_place", place(rows))
                .withColumn("_before", lag(value(), 1).over(series))
                .withColumn("_period", lag(period, 1).over(series))
                .withColumn("_value", value());
        Column follows = length(col(period))
                .equalTo(length(col("_period")))
                .and(expr("length(period) <> 4 or cast(period as int) = cast(_period as int) + 1"));
        return changed(pairs.where(follows), concat(lit(" in "), col("_period")));
    }

    private Dataset<Row> releaseChange(Dataset<Row> rows) {
        if (references.release().isEmpty()) {
            return at(rows.limit(0).withColumn("_place", place(rows)), lit(0.0), lit(""));
        }
        Dataset<Row> release = references.release().get();
        List<String> on = key.stream()
                .filter(List.of(release.columns())::contains)
                .filter(List.of(rows.columns())::contains)
                .toList();
        List<Column> wanted = new ArrayList<>();
        on.forEach(c -> wanted.add(column(c)));
        wanted.add(column(valueColumn()).as("_before"));
        Dataset<Row> pairs = rows.withColumn("_place", place(rows))
                .withColumn("_value", value())
                .join(release.select(wanted.toArray(Column[]::new)), on.toArray(String[]::new));
        return changed(pairs, lit(" in the latest release"));
    }

    private Dataset<Row> changed(Dataset<Row> pairs, Column when) {
        Column said = concat(lit(valueColumn() + " is "), col("_value"), lit(" after "), col("_before"), when);
        return at(
                pairs.where("_value is not null and _before <> 0"),
                col("_value").divide(col("_before")).minus(lit(1.0)),
                said);
    }

    private static Dataset<Row> at(Dataset<Row> judged, Column measure, Column said) {
        List<Column> columns = new ArrayList<>(List.of(col(Slices.COLUMN)));
        PLACE.forEach(name -> columns.add(col("_place").getField(name).as(name)));
        columns.add(measure.cast("double").as(MEASURED));
        columns.add(coalesce(said, lit("a value is missing")).as(SAID));
        return judged.select(columns.toArray(Column[]::new));
    }

    /** The batch, the publisher's table and the key without some columns: what rows are compared within. */
    private Column[] group(Dataset<Row> rows, List<String> without, Column... more) {
        List<Column> group = new ArrayList<>(List.of(col(Slices.COLUMN)));
        List<String> columns = List.of(rows.columns());
        if (columns.contains("series")) {
            group.add(col("series"));
        }
        key.stream().filter(c -> !without.contains(c) && columns.contains(c)).forEach(c -> group.add(column(c)));
        group.addAll(List.of(more));
        return group.toArray(Column[]::new);
    }

    private static Column place(Dataset<Row> rows) {
        Map<String, String> types = new TreeMap<>(
                Map.of("batch", "string", "file", "string", "line", "bigint", "cell", "int", "received", "string"));
        List<String> columns = List.of(rows.columns());
        return struct(PLACE.stream()
                .map(name -> columns.contains(name)
                        ? col(name)
                        : lit(null).cast(types.get(name)).as(name))
                .toArray(Column[]::new));
    }

    private String dimension() {
        return rule.parameter("Dimension");
    }

    private String valueColumn() {
        return rule.columns().get(0);
    }

    private Column value() {
        return column(valueColumn());
    }

    private static Column column(String name) {
        return col(RowCondition.quoted(name));
    }
}

package org.regionaldoughnut.ingest;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.regionaldoughnut.lake.Lookup;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.OpenDimension;
import org.regionaldoughnut.model.ReferencePeriod;
import org.regionaldoughnut.office.ColumnMapping;
import org.regionaldoughnut.office.Contract;
import org.regionaldoughnut.office.Source;

/**
 * Turns received cells into rows of the contract: {@code line, cell, received}, the contract's columns, and {@code
 * __reason}, why the cell cannot be kept (null where it can).
 */
final class Mapping {
    static final String REASON = "__reason";
    static final String CELL = "cell";
    static final String RECEIVED = "received";
    static final String SERIES = "__series";
    static final String ACTION = "action";
    private static final int YEAR_DIGITS = 4;
    private static final int FIRST_YEAR = 1000;
    private static final Column NOTHING = lit(null).cast("string");
    private static final UserDefinedFunction PERIOD = udf(
            (UDF1<String, String>) text ->
                    ReferencePeriod.parse(text).map(ReferencePeriod::value).orElse(null),
            DataTypes.StringType);

    private final Source source;
    private final Contract contract;
    private final Receipt receipt;
    private final Received received;
    private final Map<String, Integer> positions;
    private final RowAction action;

    Mapping(Source source, Contract contract, Receipt receipt, Received received) {
        this.source = source;
        this.contract = contract;
        this.receipt = receipt;
        this.received = received;
        this.positions = new LinkedHashMap<>(received.positions());
        this.action = new RowAction(
                source.format().action().filter(positions::containsKey).map(Received::column));
    }

    Dataset<Row> apply() {
        Dataset<Row> rows = received.rows();
        if (source.where().isPresent()) {
            Column malformed = col(Received.MALFORMED).isNotNull();
            Column wanted = expression("where", source.where().get());
            // what an open dimension leaves undecided may concern rows that are kept
            rows = rows.where(malformed.or(coalesce(wanted, action.deletes())));
        }
        rows = unpivot(rows);
        List<Column> columns = new ArrayList<>(List.of(col(Received.LINE).as("line"), col(CELL), col(RECEIVED)));
        List<Column> reasons = new ArrayList<>(List.of(col(Received.MALFORMED)));
        columns.add(series().as(SERIES));
        reasons.add(unknownSeries());
        columns.add(action.value().as(ACTION));
        reasons.add(action.reason());
        for (Contract.Column column : contract.columns()) {
            Cast cast = cast(column);
            columns.add(cast.value.as(column.name()));
            reasons.add(cast.reason);
        }
        columns.add(coalesce(reasons.toArray(Column[]::new)).as(REASON));
        return rows.select(columns.toArray(Column[]::new));
    }

    private Dataset<Row> unpivot(Dataset<Row> rows) {
        if (received.isCells()) {
            return rows.withColumn(CELL, col(Received.CELL)).withColumn(RECEIVED, col(Received.TEXT));
        }
        if (source.unpivot().isEmpty()) {
            String value = valueColumn();
            Column text = value == null ? NOTHING : Received.column(value);
            return rows.withColumn(CELL, lit(value == null ? 1 : positions.get(value)))
                    .withColumn(RECEIVED, text);
        }
        Source.Unpivot unpivot = source.unpivot().get();
        Pattern pattern = Pattern.compile(unpivot.columns());
        List<Column> cells = new ArrayList<>();
        for (String name : received.names()) {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) {
                String label = matcher.groupCount() > 0 ? matcher.group(1) : name;
                cells.add(struct(
                        lit(label).as("name"),
                        Received.column(name).as("value"),
                        lit(positions.get(name)).as("position")));
            }
        }
        if (cells.isEmpty()) {
            throw Refusal.wrongHeader(
                    receipt.file(),
                    source.format().headerLine(),
                    unpivot.columns(),
                    received.names(),
                    "unpivot.columns of " + source.file().getFileName());
        }
        positions.put(unpivot.name(), 0);
        positions.put(unpivot.value(), 0);
        return rows.withColumn("__cell", explode(array(cells.toArray(Column[]::new))))
                .withColumn(unpivot.name(), col("__cell.name"))
                .withColumn(unpivot.value(), col("__cell.value"))
                .withColumn(CELL, col("__cell.position"))
                .withColumn(RECEIVED, col("__cell.value"));
    }

    /** The received column that the contract's value comes from, to name the cell; null where there is none. */
    private String valueColumn() {
        ColumnMapping value = source.columns().get("value");
        if (value == null) {
            return null;
        }
        for (String name : value.from()) {
            if (positions.containsKey(name)) {
                return name;
            }
        }
        String text = value.expression().orElse("");
        return received.names().stream()
                .filter(name -> text.contains("`" + name + "`") || text.equals(name))
                .findFirst()
                .orElse(null);
    }

    private Cast cast(Contract.Column column) {
        ColumnMapping mapping = source.columns().get(column.name());
        if (mapping == null) {
            return new Cast(lit(null).cast(column.physicalType()), NOTHING);
        }
        Column text = text(column, mapping);
        Column reason = NOTHING;
        Column value = text;
        String from = "column '" + column.name() + "'";
        if (!mapping.codes().isEmpty()) {
            value = new Lookup(mapping.codes()).of(text);
            reason = when(
                    text.isNotNull().and(value.isNull()),
                    said(
                            "Cannot map ",
                            text,
                            " to " + from + ": it is not one of "
                                    + String.join(", ", new TreeMap<>(mapping.codes()).keySet())
                                    + ". Add it to the codes of the source."));
        } else if (column.name().equals("period")) {
            // four bytes that are a whole number above 999 are four digits
            Column isYear = octet_length(text)
                    .equalTo(lit(YEAR_DIGITS))
                    .and(text.cast("int").geq(lit(FIRST_YEAR)));
            value = when(isYear, text).otherwise(PERIOD.apply(text));
            reason = when(
                    text.isNotNull().and(value.isNull()),
                    said("Cannot read ", text, " as a period for " + from + ": it is none of the known spellings."));
        } else if (column.isNumber()) {
            // received cells are never empty texts, what an expression makes of them may be
            List<String> missing = source.format().missing().stream()
                    .filter(m -> !m.isEmpty() || mapping.expression().isPresent())
                    .toList();
            Column present = missing.isEmpty()
                    ? text
                    : when(text.isin(missing.toArray()), lit(null)).otherwise(text);
            Column number = told(column, mapping)
                    .map(read -> missing.isEmpty()
                            ? read
                            : when(text.isin(missing.toArray()), lit(null)).otherwise(read))
                    .orElseGet(() -> number(present, mapping));
            reason = when(
                    present.isNotNull().and(number.isNull()),
                    said(
                            "Cannot read ",
                            text,
                            " as a number for " + from + ": the decimal mark is '"
                                    + mapping.decimal() + "'"
                                    + (mapping.grouping().isEmpty()
                                            ? ""
                                            : ", the thousands mark '" + mapping.grouping() + "'")
                                    + "."));
            value = mapping.multiply()
                    .map(factor -> number.multiply(lit(factor)))
                    .orElse(number);
        } else if (!column.physicalType().equalsIgnoreCase("string")) {
            value = text.cast(column.physicalType());
            reason = when(
                    text.isNotNull().and(value.isNull()),
                    said("Cannot read ", text, " as a " + column.physicalType() + " for " + from + "."));
        }
        if (!mapping.dimensions().isEmpty() && source.codes().containsKey(column.name())) {
            reason = coalesce(
                    reason,
                    when(
                            action.deletes().and(text.contains(OpenDimension.of(""))),
                            lit("Cannot delete by a part of " + from + ": its codes are put into others as a whole. "
                                    + "Delete by all of its dimensions, or by none.")));
        }
        if (column.required()) {
            Column empty = action.mayDelete() ? value.isNull().and(not(action.deletes())) : value.isNull();
            reason = coalesce(reason, when(empty, lit("Cannot fill " + from + ": it is empty.")));
        }
        if (action.mayDelete() && column.keyPosition().isPresent()) {
            value = when(text.isNull(), action.orAny(value)).otherwise(value);
        }
        return new Cast(value, reason);
    }

    private Column series() {
        return source.seriesFrom()
                .map(from -> named("series_from", List.of(from.column())))
                .map(action::orAny)
                .orElse(lit(source.series()));
    }

    private Column unknownSeries() {
        return source.seriesFrom()
                .map(from -> when(
                        coalesce(
                                not(series().isin(from.values().toArray()))
                                        .and(not(action.deletes().and(series().equalTo(lit(OpenDimension.ANY))))),
                                lit(true)),
                        said(
                                "Cannot tell the table ",
                                coalesce(series(), lit("")),
                                ": it is none of " + String.join(", ", from.values())
                                        + ". Add it to series_from of the source.")))
                .orElse(NOTHING);
    }

    private Column text(Contract.Column column, ColumnMapping mapping) {
        if (mapping.expression().isPresent()) {
            return expression("columns." + column.name(), mapping.expression().get())
                    .cast(DataTypes.StringType);
        }
        if (mapping.constant().isPresent()) {
            return lit(mapping.constant().get());
        }
        if (mapping.preamble().isPresent()) {
            String label = mapping.preamble().get();
            return lit(
                    received.beside(label).orElseThrow(() -> Refusal.noPreamble(receipt.file(), label, column.name())));
        }
        if (!mapping.dimensions().isEmpty()) {
            List<Column> parts = new ArrayList<>();
            List<Column> values = new ArrayList<>();
            new TreeMap<>(mapping.dimensions()).forEach((dimension, from) -> {
                Column value = named(column.name(), List.of(from));
                values.add(value);
                parts.add(action.orAny(concat(lit(dimension + "="), value), OpenDimension.of(dimension)));
            });
            Column joined = array_join(array_compact(array(parts.toArray(Column[]::new))), ";");
            Column none = coalesce(values.toArray(Column[]::new)).isNull();
            return when(none, when(not(action.deletes()), lit("_T"))).otherwise(joined);
        }
        return named(column.name(), mapping.from());
    }

    /** The number as the reader has it, where it is written in the plain way. */
    private Optional<Column> told(Contract.Column column, ColumnMapping mapping) {
        boolean isPlain = mapping.expression().isEmpty()
                && mapping.constant().isEmpty()
                && mapping.preamble().isEmpty()
                && mapping.dimensions().isEmpty()
                && mapping.decimal().equals(".")
                && mapping.grouping().isEmpty();
        return isPlain
                ? mapping.from().stream()
                        .filter(positions::containsKey)
                        .findFirst()
                        .flatMap(received::number)
                : Optional.empty();
    }

    private Column named(String column, List<String> names) {
        for (String name : names) {
            if (positions.containsKey(name)) {
                return Received.column(name);
            }
        }
        throw Refusal.wrongHeader(
                receipt.file(),
                source.format().headerLine(),
                String.join("' or '", names),
                received.names(),
                "the column " + column + " of " + source.file().getFileName());
    }

    /** Java reads 1d, 1f, NaN and Infinity as numbers; a statistics office means none of them. */
    private static Column number(Column text, ColumnMapping mapping) {
        Column plain = text;
        if (!mapping.grouping().isEmpty()) {
            plain = org.apache.spark.sql.functions.translate(plain, mapping.grouping(), "");
        }
        if (!mapping.decimal().equals(".")) {
            plain = when(plain.contains("."), NOTHING)
                    .otherwise(org.apache.spark.sql.functions.translate(plain, mapping.decimal(), "."));
        }
        Column number = plain.cast(DataTypes.DoubleType);
        Column suffixed = plain.endsWith("d")
                .or(plain.endsWith("D"))
                .or(plain.endsWith("f"))
                .or(plain.endsWith("F"));
        Column real = number.between(lit(-Double.MAX_VALUE), lit(Double.MAX_VALUE))
                .and(org.apache.spark.sql.functions.not(suffixed));
        return when(real, number);
    }

    private static Column said(String before, Column text, String after) {
        return concat(lit(before + "'"), text, lit("'" + after));
    }

    private Column expression(String where, String text) {
        try {
            return expr(text);
        } catch (RuntimeException e) {
            throw Refusal.badExpression(source.id(), where, text, firstLine(e));
        }
    }

    /** What Spark says of a column that is not there, in this room's words. */
    DoughnutException unresolved(AnalysisException e) {
        String name = e.getMessageParameters().getOrDefault("objectName", "").replace("`", "");
        if (e.getErrorClass() != null && e.getErrorClass().startsWith("UNRESOLVED_COLUMN")) {
            return Refusal.wrongHeader(
                    receipt.file(),
                    source.format().headerLine(),
                    name,
                    received.names(),
                    "an expression of " + source.file().getFileName());
        }
        return Refusal.badExpression(source.id(), "an expression", name, firstLine(e));
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage())
                .lines()
                .filter(l -> !l.isBlank())
                .findFirst()
                .orElse("");
    }

    private record Cast(Column value, Column reason) {}
}

package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

/**
 * What tells of a row of a harmonised table which terms it feeds: its codes in the columns that requests name, and its
 * answer to each condition on anything else.
 */
final class Codes {
    /** Columns of harmonised tables that tell what a figure is about, in few combinations. */
    private static final Set<String> CODES = Set.of(
            "source",
            "series",
            "flow",
            "partner",
            "product_scheme",
            "product",
            "currency",
            "quantity_unit",
            "sector_scheme",
            "sector",
            "substance",
            "gwp",
            "perspective",
            "variable",
            "breakdown",
            "unit",
            "obs_status",
            "conf_status",
            "region_scheme");

    private static final String TRUE = "true";

    private final Map<String, Column> columns = new TreeMap<>();
    private final String unit;

    private Codes(String unit) {
        this.unit = unit;
    }

    /** @param requests those that look at this table */
    static Codes of(Dataset<Row> rows, Collection<Request> requests) {
        Set<String> present = Set.copyOf(List.of(rows.columns()));
        Codes codes = new Codes(present.contains("currency") ? "currency" : "unit");
        codes.columns.put("series", col("series"));
        if (present.contains(codes.unit)) {
            codes.columns.put(codes.unit, col(codes.unit));
        }
        for (Request request : requests) {
            request.by().ifPresent(by -> codes.columns.put(by, col(by)));
            request.term().where().ifPresent(codes::add);
        }
        return codes;
    }

    private void add(String where) {
        Column condition = parsed(where);
        Set<String> names = SqlNames.of(where);
        if (CODES.containsAll(names)) {
            names.forEach(name -> columns.put(name, col(name)));
        } else {
            columns.put(where, coalesce(condition, lit(false)));
        }
    }

    /** Names of columns, and conditions. */
    List<String> names() {
        return List.copyOf(columns.keySet());
    }

    /** The code of a row, which may be absent. */
    Column code(String name) {
        return columns.get(name).cast("string");
    }

    /** Name of the column of units or currencies; the table need not have it. */
    String unit() {
        return unit;
    }

    /** Whether codes meet the request, of rows whose columns are {@link #names}. */
    Column meets(Request request) {
        Column series = col("series").equalTo(request.series());
        return request.term()
                .where()
                .map(where -> series.and(
                        columns.containsKey(where)
                                ? col("`" + where.replace("`", "``") + "`").equalTo(TRUE)
                                : parsed(where)))
                .orElse(series);
    }

    /** Whether a row of the table is one of the request. */
    static Column meaning(Request request) {
        Column series = col("series").equalTo(request.series());
        return request.term().where().map(where -> series.and(parsed(where))).orElse(series);
    }

    /**
     * Columns of the table's rows.
     *
     * @throws DoughnutException where a condition or value names what the table does not have
     */
    static Dataset<Row> select(Dataset<Row> rows, List<Column> columns) {
        try {
            return rows.select(columns.toArray(Column[]::new));
        } catch (Exception e) { // Spark throws what Java does not see declared
            throw refused(e);
        }
    }

    /** What Spark says of conditions or values that it cannot make sense of. */
    static DoughnutException refused(Exception said) {
        return new DoughnutException(
                ExitCode.CONFIGURATION,
                "Cannot compute the terms of the indicators: " + said.getMessage()
                        + ". Correct the condition in conf/indicators.",
                said);
    }

    private static Column parsed(String condition) {
        try {
            return expr(condition);
        } catch (RuntimeException e) {
            throw new DoughnutException(
                    ExitCode.CONFIGURATION,
                    "Cannot compute a term: its condition '" + condition
                            + "' is no SQL expression. Correct it in conf/indicators.",
                    e);
        }
    }
}

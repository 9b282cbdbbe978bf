package org.regionaldoughnut.harmonise;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.regionaldoughnut.lake.Lookup;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.office.Contract;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Source;

/**
 * Puts received codes, regions, units and statuses into the office's. Adds {@code region_received, year} and {@code
 * __problem}, why a row cannot be placed (null where it can).
 */
final class Classification {
    static final String PROBLEM = "__problem";
    private static final Column NONE = lit(null).cast("string");

    private final Office office;
    private final Contract contract;
    private final List<Source> sources;
    private final RegionTree tree;
    private final ReferenceTables tables;

    Classification(Office office, SparkSession spark, Contract contract, List<Source> sources, RegionTree tree) {
        this.office = office;
        this.contract = contract;
        this.sources = sources;
        this.tree = tree;
        this.tables = new ReferenceTables(office, spark);
    }

    Dataset<Row> apply(Dataset<Row> raw) {
        return inUnits(inRegions(converted(withStatus(
                recoded(raw.withColumn("year", substring(col("period"), 1, 4).cast("int")))))));
    }

    /** Codes alone are put into the office's; regions, units and what is missing stay as they were received. */
    Dataset<Row> recoded(Dataset<Row> raw) {
        Dataset<Row> rows = raw;
        for (String column : contract.columnNames()) {
            Map<String, Map<String, String>> codes = tables.codes(sources, column);
            if (!codes.isEmpty()) {
                rows = rows.withColumn(
                        column,
                        column.equals("obs_status")
                                ? new StatusCodes(tables.statuses(sources)).column()
                                : recoded(column, codes));
            }
        }
        return rows;
    }

    /** Codes of the source's list; what the list does not have is kept as received. */
    private static Column recoded(String column, Map<String, Map<String, String>> codes) {
        Column recoded = col(column);
        for (Map.Entry<String, Map<String, String>> entry : codes.entrySet()) {
            recoded = when(
                            col("source").equalTo(entry.getKey()),
                            coalesce(new Lookup(entry.getValue()).of(col(column)), col(column)))
                    .otherwise(recoded);
        }
        return recoded;
    }

    /**
     * Codes of one classification into those of another, as the office asks for it. Amounts are multiplied by the
     * weight; what a correspondence does not have stays as it was received, under its own scheme.
     */
    Dataset<Row> converted(Dataset<Row> coded) {
        Dataset<Row> rows = coded;
        for (Map.Entry<String, List<String>> entry : office.conversions().entrySet()) {
            if (contract.column(entry.getKey()).isPresent()) {
                for (String name : entry.getValue()) {
                    rows = converted(rows, entry.getKey(), broadcast(tables.conversion(name)));
                }
            }
        }
        return rows;
    }

    private Dataset<Row> converted(Dataset<Row> rows, String column, Dataset<Row> codes) {
        String scheme = column + "_scheme";
        Column year = substring(rows.col("period"), 1, 4).cast("int");
        Column matches = rows.col(scheme)
                .equalTo(codes.col("from_scheme"))
                .and(rows.col(column).equalTo(codes.col("from_code")))
                .and(codes.col("from_year").isNull().or(year.geq(codes.col("from_year"))))
                .and(codes.col("to_year").isNull().or(year.leq(codes.col("to_year"))));
        Column moved = coalesce(col("moved"), lit(false));
        List<Column> columns = new ArrayList<>();
        for (String name : rows.columns()) {
            Column own = rows.col(name);
            Column converted = own;
            if (name.equals(column)) {
                converted = coalesce(col("to_code"), own);
            } else if (name.equals(scheme)) {
                converted = coalesce(col("to_scheme"), own);
            } else if (name.equals("obs_status")) {
                converted = estimated(moved);
            } else if (contract.column(name).filter(Contract.Column::isNumber).isPresent()) {
                converted = when(moved, own.multiply(col("weight"))).otherwise(own);
            }
            columns.add(converted.as(name));
        }
        return rows.join(codes, matches, "left").select(columns.toArray(Column[]::new));
    }

    /** A moved value is an estimate, where its own status says nothing that weighs more. */
    private static Column estimated(Column moved) {
        return when(moved.and(col("obs_status").isin(ObsStatus.A.name(), ObsStatus.V.name())), lit(ObsStatus.E.name()))
                .otherwise(col("obs_status"));
    }

    /**
     * No status means normal where there is a value and missing where there is none; so does "normal" without one. A
     * value that a rule flagged is unvalidated, where its own status says nothing that weighs more.
     */
    private static Dataset<Row> withStatus(Dataset<Row> rows) {
        Object[] missing = Arrays.stream(ObsStatus.values())
                .filter(ObsStatus::isMissing)
                .map(ObsStatus::name)
                .toArray();
        Object[] lesser = Arrays.stream(ObsStatus.values())
                .filter(status -> status.compareTo(ObsStatus.V) > 0)
                .map(ObsStatus::name)
                .toArray();
        Column received = coalesce(col("obs_status"), lit(ObsStatus.A.name()));
        return rows.withColumn(
                        "obs_status",
                        when(col("value").isNull().and(not(received.isin(missing))), lit(ObsStatus.O.name()))
                                .when(col(RawRows.FLAGGED).and(received.isin(lesser)), lit(ObsStatus.V.name()))
                                .otherwise(received))
                .drop(RawRows.FLAGGED)
                .withColumn("conf_status", coalesce(col("conf_status"), lit("F")));
    }

    private Dataset<Row> inRegions(Dataset<Row> rows) {
        Dataset<Row> codes = broadcast(tables.regionCodes(tree));
        Column matches = rows.col("region_scheme")
                .equalTo(codes.col("from_scheme"))
                .and(rows.col("region").equalTo(codes.col("from_code")))
                .and(codes.col("from_year").isNull().or(rows.col("year").geq(codes.col("from_year"))))
                .and(codes.col("to_year").isNull().or(rows.col("year").leq(codes.col("to_year"))));
        Column moved = col("moved");
        List<Column> columns = new ArrayList<>();
        for (String name : rows.columns()) {
            columns.add(
                    switch (name) {
                        case "region" -> col("to_code").as("region");
                        case "value" ->
                            when(moved, col("value").multiply(col("weight")))
                                    .otherwise(col("value"))
                                    .as("value");
                        case "obs_status" -> estimated(moved).as("obs_status");
                        default -> rows.col(name);
                    });
        }
        columns.add(rows.col("region").as("region_received"));
        columns.add(when(
                        col("to_code").isNull(),
                        concat(
                                lit("Cannot place the region '"),
                                rows.col("region"),
                                lit("' of the scheme "),
                                rows.col("region_scheme"),
                                lit(": it is neither in the frame "
                                        + office.regions().frame()
                                        + " nor in a correspondence. Add it to schemas/correspondences.")))
                .as(PROBLEM));
        return rows.join(codes, matches, "left").select(columns.toArray(Column[]::new));
    }

    /** Census variables are kept in the unit of their codelist; a unit of another kind cannot be converted. */
    private Dataset<Row> inUnits(Dataset<Row> rows) {
        if (contract.column("unit").isEmpty() || contract.column("variable").isEmpty()) {
            return rows;
        }
        Map<String, ReferenceTables.Unit> units = tables.units();
        Map<String, String> bases = new TreeMap<>();
        Map<String, String> written = new TreeMap<>();
        units.forEach((unit, of) -> {
            bases.put(unit, of.base());
            written.put(unit, Double.toString(of.factor()));
        });
        Column wanted = new Lookup(tables.variableUnits()).of(col("variable"));
        Lookup base = new Lookup(bases);
        Column sameKind = base.of(col("unit")).equalTo(base.of(wanted));
        Lookup factors = new Lookup(written);
        Column factor =
                factors.of(col("unit")).cast("double").divide(factors.of(wanted).cast("double"));
        Column differs = wanted.isNotNull().and(wanted.notEqual(col("unit")));
        Column problem = when(
                        wanted.isNull(),
                        concat(
                                lit("Cannot take the variable '"),
                                col("variable"),
                                lit("': it is not in schemas/codelists/variables.csv. Add it with its unit.")))
                .when(
                        differs.and(not(coalesce(sameKind, lit(false)))),
                        concat(
                                lit("Cannot convert the unit '"),
                                col("unit"),
                                lit("' of the variable '"),
                                col("variable"),
                                lit("' to '"),
                                wanted,
                                lit("': they do not measure the same. Correct the unit of the source.")))
                .otherwise(NONE);
        Dataset<Row> checked = rows.withColumn(PROBLEM, coalesce(col(PROBLEM), problem));
        Column converts = differs.and(col(PROBLEM).isNull());
        for (String value : List.of("value", "lower", "upper")) {
            checked = checked.withColumn(
                    value, when(converts, col(value).multiply(factor)).otherwise(col(value)));
        }
        return checked.withColumn("unit", when(converts, wanted).otherwise(col("unit")));
    }
}

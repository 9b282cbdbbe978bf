package org.regionaldoughnut.harmonise;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Union;
import org.regionaldoughnut.model.OpenDimension;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.office.Contract;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Source;

/** Accepted raw rows in the office's codes, with their edition and the hashes they are compared by. */
final class CodedRows {
    /** What is to be done with a row, where a batch says so: the first letter of an SDMX action. */
    static final String ACTION = "action";

    private static final String DELETE = "D";

    /** Actions that speak of single rows; I, information, leaves a batch what it is. */
    private static final Object[] PARTIAL = {"A", "M", "R", DELETE};

    private final Lake lake;
    private final Office office;
    private final Contract contract;
    private final RegionTree tree;

    CodedRows(Lake lake, Office office, Contract contract, RegionTree tree) {
        this.lake = lake;
        this.office = office;
        this.contract = contract;
        this.tree = tree;
    }

    /**
     * {@link Editions#id} of the batches that state changes to what was known rather than the whole, and how many of
     * their rows delete with a dimension left open.
     */
    Map<String, Long> partial(List<AcceptedBatch> batches) {
        Map<String, Long> partial = new TreeMap<>();
        bySource(batches).forEach((source, own) -> {
            Dataset<Row> raw = RawRows.of(lake, source, own);
            if (Arrays.asList(raw.columns()).contains(ACTION)) {
                raw
                        .groupBy("batch")
                        .agg(max(coalesce(action().isin(PARTIAL), lit(false))), count(when(isOpen(contract), lit(1))))
                        .collectAsList()
                        .stream()
                        .filter(row -> row.getBoolean(1))
                        .forEach(row -> partial.put(Editions.id(source, row.getString(0)), row.getLong(2)));
            }
        });
        return partial;
    }

    /**
     * Raw rows with {@code source, action} (A, D or null) and the columns of {@link Editions#table}; without those that
     * delete with a dimension left open.
     */
    Dataset<Row> raw(List<AcceptedBatch> batches, Editions editions) {
        return received(batches, editions).where(not(isOpen(contract)));
    }

    /**
     * The rows that delete with a dimension left open, with the columns of {@link #raw}: codes are the office's, but
     * regions are as they were received.
     */
    Dataset<Row> open(List<AcceptedBatch> batches, Editions editions) {
        Classification classification = classification(batches);
        Dataset<Row> open = classification.converted(
                classification.recoded(received(batches, editions).where(isOpen(contract))));
        for (String column : office.conversions().keySet()) {
            if (contract.column(column).isPresent()) {
                // under which scheme codes stand that are left open, nobody says
                open = open.withColumn(
                        column + "_scheme",
                        when(col(column).equalTo(OpenDimension.ANY), lit(OpenDimension.ANY))
                                .otherwise(col(column + "_scheme")));
            }
        }
        return open;
    }

    private Dataset<Row> received(List<AcceptedBatch> batches, Editions editions) {
        Dataset<Row> table = broadcast(editions.table(lake.spark()));
        List<String> columns = new ArrayList<>(List.of("batch", "file", "line", "cell", "received", "series"));
        columns.addAll(contract.columnNames());
        Dataset<Row> rows = Union.of(bySource(batches).entrySet().stream()
                .map(entry -> {
                    Dataset<Row> raw = RawRows.of(lake, entry.getKey(), entry.getValue());
                    List<Column> own = new ArrayList<>();
                    columns.forEach(name -> own.add(col(name)));
                    own.add(lit(entry.getKey()).as("source"));
                    own.add(col(RawRows.FLAGGED));
                    own.add((Arrays.asList(raw.columns()).contains(ACTION)
                                    ? action()
                                    : lit(null).cast("string"))
                            .as(ACTION));
                    return raw.select(own.toArray(Column[]::new));
                })
                .toList());
        return rows.join(
                table, col("source").equalTo(col("e_source")).and(col("batch").equalTo(col("e_batch"))));
    }

    private static Column action() {
        return upper(substring(col(ACTION), 1, 1));
    }

    /** Whether the row deletes with a dimension left open. */
    static Column isOpen(Contract contract) {
        Column open = col("series").equalTo(OpenDimension.ANY);
        for (String name : contract.key()) {
            open = open.or(col(name).equalTo(OpenDimension.ANY)).or(OpenDeletions.isPartlyOpen(col(name)));
        }
        // the first is false for nearly all rows, and false, not null, ends the look
        return coalesce(action().equalTo(DELETE), lit(false)).and(coalesce(open, lit(false)));
    }

    /** The rows in the office's codes, those that cannot be placed included, with {@link Classification#PROBLEM}. */
    Dataset<Row> coded(Dataset<Row> raw, List<AcceptedBatch> batches) {
        return classification(batches).apply(raw);
    }

    private Classification classification(List<AcceptedBatch> batches) {
        List<Source> sources = bySource(batches).keySet().stream()
                .map(id -> office.sources().get(id))
                .toList();
        return new Classification(office, lake.spark(), contract, sources, tree);
    }

    /**
     * The columns of the table but {@code vintage, superseded}, and what editions are compared by: {@code part, edition,
     * edition_vintage, next_full, next_full_vintage, deletes}. A key tells the part, the series, the region and the
     * contract's key; a row that cannot be placed has none.
     */
    Dataset<Row> hashed(Dataset<Row> coded) {
        List<Column> key = new ArrayList<>(List.of(col("source"), col("part"), col("series"), col("region")));
        List<Column> value = new ArrayList<>();
        for (Contract.Column column : contract.columns()) {
            String name = column.name();
            if (name.equals("region") || name.equals("region_scheme")) {
                continue;
            }
            if (column.keyPosition().isPresent()) {
                key.add(col(name));
                key.add(col(name).isNull());
            } else {
                value.add(col(name));
                value.add(col(name).isNull());
            }
        }
        List<Column> columns = new ArrayList<>();
        for (String name : columns(contract)) {
            switch (name) {
                case "vintage", "superseded" -> {}
                case "correction" -> columns.add(lit(null).cast("string").as(name));
                case "key_hash" ->
                    columns.add(when(col(Classification.PROBLEM).isNull(), xxhash64(key.toArray(Column[]::new)))
                            .as(name));
                case "value_hash" ->
                    columns.add(xxhash64(value.toArray(Column[]::new)).as(name));
                default -> columns.add(col(name));
            }
        }
        for (String name : List.of("part", "edition", "edition_vintage", "next_full", "next_full_vintage")) {
            columns.add(col(name));
        }
        columns.add(coalesce(col(ACTION).equalTo(DELETE), lit(false)).as("deletes"));
        return coded.select(columns.toArray(Column[]::new));
    }

    /** The columns of a harmonised table in their order. */
    static List<String> columns(Contract contract) {
        List<String> columns =
                new ArrayList<>(List.of("source", "series", "batch", "line", "cell", "region", "region_received"));
        contract.columnNames().stream().filter(name -> !name.equals("region")).forEach(columns::add);
        columns.addAll(List.of("year", "correction", "vintage", "superseded", "key_hash", "value_hash"));
        return columns;
    }

    static Map<String, List<String>> bySource(List<AcceptedBatch> batches) {
        return batches.stream()
                .collect(Collectors.groupingBy(
                        AcceptedBatch::source,
                        TreeMap::new,
                        Collectors.mapping(AcceptedBatch::batch, Collectors.toList())));
    }
}

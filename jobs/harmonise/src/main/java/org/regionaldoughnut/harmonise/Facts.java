package org.regionaldoughnut.harmonise;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.TableOption;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.office.Contract;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Source;

/**
 * Harmonises the figures of one contract (trade, emissions or census). A source's history is replayed from its
 * accepted batches and replaces what the table held of the source: the same batches give the same rows.
 *
 * <p>Columns: {@code source, series, batch, line, cell, region, region_received}, the contract's columns, {@code year,
 * vintage, superseded, key_hash, value_hash}.
 */
public final class Facts {
    /** The rule that names a region (or unit) the office does not know. */
    public static final String REGION_RULE = "region-and-unit-known";

    private final Lake lake;
    private final Office office;
    private final RegionTree tree;

    public Facts(Lake lake, Office office, RegionTree tree) {
        this.lake = lake;
        this.office = office;
        this.tree = tree;
    }

    /**
     * @param batches every accepted batch of every source that is to be replayed
     * @param run named in quarantine rows
     */
    public HarmoniseResult harmonise(Contract contract, List<AcceptedBatch> batches, String run, Write write) {
        Map<String, List<AcceptedBatch>> bySource = batches.stream()
                .collect(Collectors.groupingBy(AcceptedBatch::source, TreeMap::new, Collectors.toList()));
        List<Source> sources =
                bySource.keySet().stream().map(id -> office.sources().get(id)).toList();
        Dataset<Row> raw = bySource.entrySet().stream()
                .map(entry -> RawRows.of(
                                lake,
                                entry.getKey(),
                                entry.getValue().stream()
                                        .map(AcceptedBatch::batch)
                                        .toList())
                        .withColumn("source", lit(entry.getKey())))
                .reduce(Dataset::unionByName)
                .orElseThrow();
        Dataset<Row> coded = new Classification(office, lake.spark(), contract, sources, tree).apply(raw);

        Observation counts = new Observation();
        Dataset<Row> observed = coded.observe(
                counts,
                count(lit(1)).as("rows"),
                count(col(Classification.PROBLEM)).as("unknown"));
        Dataset<Row> known =
                withHashes(observed.where(col(Classification.PROBLEM).isNull()), contract);
        Dataset<Row> rows = new Vintages(bySource).apply(known);
        Table table = Table.harmonised(contract.id());
        lake.replace(table, rows, oneOf(bySource.keySet().stream().toList()), write, layout(contract));

        Map<String, Object> measured = measured(counts);
        long unknown = ((Number) measured.get("unknown")).longValue();
        quarantine(coded, bySource, run, unknown, write);
        long in = ((Number) measured.get("rows")).longValue();
        return new HarmoniseResult(in, in - unknown, unknown, lake.version(table));
    }

    private static Map<String, Object> measured(Observation counts) {
        try {
            return counts.getAsJava();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while harmonised rows were counted", e);
        }
    }

    /** A row of an unknown region is set aside in the quarantine of its source; a replay replaces the earlier ones. */
    private void quarantine(
            Dataset<Row> coded, Map<String, List<AcceptedBatch>> bySource, String run, long unknown, Write write) {
        List<String> touched = unknown == 0
                ? List.of()
                : coded
                        .where(col(Classification.PROBLEM).isNotNull())
                        .select("source")
                        .distinct()
                        .collectAsList()
                        .stream()
                        .map(row -> row.getString(0))
                        .toList();
        for (String source : bySource.keySet()) {
            Table table = Table.quarantine(source);
            boolean exists = lake.exists(table);
            if (!touched.contains(source) && !exists) {
                continue;
            }
            Dataset<Row> rejected = coded.where(col("source")
                            .equalTo(source)
                            .and(col(Classification.PROBLEM).isNotNull()))
                    .select(
                            col("batch"),
                            col("file"),
                            col("line"),
                            col("cell"),
                            col("received"),
                            lit("rule").as("stage"),
                            lit("removed").as("action"),
                            lit(REGION_RULE).as("rule"),
                            col(Classification.PROBLEM).as("message"),
                            lit(run).as("run"));
            if (exists) {
                if (touched.contains(source) || holdsOwn(table)) {
                    lake.replace(table, rejected, "rule = '" + REGION_RULE + "'", write);
                }
            } else {
                lake.append(table, rejected, write);
            }
        }
    }

    private boolean holdsOwn(Table table) {
        return !lake.read(table)
                .orElseThrow()
                .where(col("rule").equalTo(REGION_RULE))
                .isEmpty();
    }

    private Dataset<Row> withHashes(Dataset<Row> rows, Contract contract) {
        List<Column> key = new ArrayList<>(List.of(col("source"), col("series"), col("region")));
        List<Column> value = new ArrayList<>();
        for (Contract.Column column : contract.columns()) {
            String name = column.name();
            if (name.equals("region") || name.equals("region_scheme")) {
                continue;
            }
            (column.keyPosition().isPresent() ? key : value)
                    .add(coalesce(col(name).cast("string"), lit("\u0000")));
        }
        List<Column> columns = new ArrayList<>();
        for (String name : List.of("source", "series", "batch", "line", "cell", "region", "region_received")) {
            columns.add(col(name));
        }
        contract.columnNames().stream().filter(name -> !name.equals("region")).forEach(name -> columns.add(col(name)));
        columns.add(col("year"));
        columns.add(xxhash64(key.toArray(Column[]::new)).as("key_hash"));
        columns.add(xxhash64(value.toArray(Column[]::new)).as("value_hash"));
        return rows.select(columns.toArray(Column[]::new));
    }

    private static TableOption[] layout(Contract contract) {
        return new TableOption[] {
            contract.id().equals("trade")
                    ? TableOption.partitionedBy("source", "year")
                    : TableOption.partitionedBy("source"),
            TableOption.statisticsOn("series", "region", "period", "superseded"),
            TableOption.deletionVectors()
        };
    }

    private static String oneOf(List<String> sources) {
        return sources.stream().map(s -> "'" + s + "'").collect(Collectors.joining(", ", "source in (", ")"));
    }
}

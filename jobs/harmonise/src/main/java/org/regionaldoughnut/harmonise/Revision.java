package org.regionaldoughnut.harmonise;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.TableOption;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.office.Contract;

/**
 * One new edition of each of some parts, compared with the open rows of the table by key and value hash. Only what
 * differs is written: revised and withdrawn rows are closed, new and revised ones added, in one commit.
 */
final class Revision implements AutoCloseable {
    private static final String NEW = "new";
    private static final String REVISED = "revised";
    private static final String WITHDRAWN = "withdrawn";
    private static final String UNCHANGED = "unchanged";
    private static final String UNPLACED = "unplaced";

    /** So many changed rows are looked up in memory; more are joined by sorting. */
    private static final long FEW = 1_000_000;

    /** So many closed rows are held by their keys; more are joined. */
    static final long CLOSED_IN_MEMORY = 4_000_000;

    /** An open row in a tally of both sides, and where the year in a place begins. */
    private static final long ONE_OPEN = 1L << 32;

    private static final int HALF = 32;
    private static final int CELL_BITS = 24;
    private static final long ROWS_A_PARTITION = 1_000_000;
    private static final long BYTES_A_ROW = 40;

    private final Lake lake;
    private final Contract contract;
    private final CodedRows rows;
    private final List<AcceptedBatch> batches;
    private final List<AcceptedBatch> known;
    private final Editions editions;
    private final long few;
    private Dataset<Row> differences;
    private final Map<String, Row> summary = new TreeMap<>();

    /**
     * @param batches the new editions, one of a part
     * @param known the editions that the table holds of the same sources
     * @param few so many closed rows are held in memory
     */
    Revision(
            Lake lake,
            Contract contract,
            CodedRows rows,
            List<AcceptedBatch> batches,
            List<AcceptedBatch> known,
            long few) {
        this.few = few;
        this.lake = lake;
        this.contract = contract;
        this.rows = rows;
        this.batches = batches;
        this.known = known;
        this.editions = new Editions(batches, rows.partial(batches));
    }

    /** Compares; nothing is written. */
    HarmoniseResult compare() {
        Column edition = editionOf(batches, col("source"), col("batch"));
        Dataset<Row> stated = rows.hashed(rows.coded(rows.raw(batches, editions), batches))
                .select(
                        col("key_hash").as("key"),
                        lit(1L).as("tally"),
                        col("value_hash").as("signature"),
                        place(edition).as("place"),
                        spot().as("spot"),
                        col("deletes").as("gone"));
        if (editions.openDeletions() > 0) {
            stated = stated.unionByName(deletedAsAWhole());
        }
        Dataset<Row> open = open().select(
                        col("key_hash").as("key"),
                        lit(ONE_OPEN).as("tally"),
                        negate(col("value_hash")).as("signature"),
                        place(col("part_of")).as("place"));
        // one aggregation over both sides, of rows as narrow as can be: joining them would aggregate and sort either
        // first. Keys are nearly all different, so there is nothing to add up before rows are brought together by them
        Dataset<Row> sides = stated.unionByName(open, true);
        Dataset<Row> together = sides.repartition(partitions(sides), col("key"))
                .groupBy("key")
                .agg(
                        sum("tally").as("tally"),
                        sum("signature").as("signature"),
                        max("place").as("place"),
                        min("spot").as("spot"),
                        (anyPartial() ? min("gone") : lit(false)).as("gone"))
                .select(
                        col("key"),
                        col("tally").bitwiseAND(lit(ONE_OPEN - 1)).as("n"),
                        shiftright(col("tally"), HALF).as("o_n"),
                        col("signature").equalTo(lit(0L)).as("same"),
                        shiftright(col("place"), HALF).cast("int").as("part_of"),
                        col("place").bitwiseAND(lit(ONE_OPEN - 1)).cast("int").as("year"),
                        shiftright(col("spot"), CELL_BITS).as("line"),
                        col("spot")
                                .bitwiseAND(lit((1L << CELL_BITS) - 1))
                                .cast("int")
                                .as("cell"),
                        col("gone"));
        Column wholly = booleanOf(
                batches.stream().map(batch -> !editions.isPartial(batch)).toList(), col("part_of"));
        Column kind = when(col("key").isNull(), lit(UNPLACED))
                .when(
                        col("gone"),
                        when(col("o_n").equalTo(lit(0L)), lit(UNCHANGED)).otherwise(lit(WITHDRAWN)))
                .when(col("n").equalTo(lit(0L)), when(wholly, lit(WITHDRAWN)).otherwise(lit(UNCHANGED)))
                .when(col("o_n").equalTo(lit(0L)), lit(NEW))
                .when(col("same").and(col("n").equalTo(col("o_n"))), lit(UNCHANGED))
                .otherwise(lit(REVISED));
        Dataset<Row> compared = together.withColumn("kind", kind);
        // what is unchanged becomes one row, so that only differences are kept
        Column changed = not(col("kind").isin(UNCHANGED, UNPLACED));
        differences = compared.groupBy(col("kind"), when(changed, col("key")).as("key"))
                .agg(
                        max("part_of").as("part_of"),
                        max("year").as("year"),
                        min("line").as("line"),
                        min("cell").as("cell"),
                        sum("n").as("n"),
                        count(lit(1)).as("keys"))
                .persist(StorageLevel.MEMORY_AND_DISK());
        differences
                .groupBy("kind")
                .agg(
                        sum("keys").as("keys"),
                        sum("n").as("n"),
                        max("n").as("most"),
                        collect_set("year").as("years"))
                .collectAsList()
                .forEach(row -> summary.put(row.getAs("kind"), row));
        long unplaced = rowsOf(UNPLACED);
        long in = editions.openDeletions()
                + summary.values().stream()
                        .mapToLong(row -> row.<Long>getAs("n"))
                        .sum();
        return new HarmoniseResult(
                in,
                in - unplaced,
                unplaced,
                -1,
                new HarmoniseResult.Changes(keysOf(NEW), keysOf(REVISED), keysOf(UNCHANGED), keysOf(WITHDRAWN)));
    }

    private boolean anyPartial() {
        return batches.stream().anyMatch(editions::isPartial);
    }

    /** The open rows that rows mean which delete with a dimension left open, as statements that count for no row. */
    private Dataset<Row> deletedAsAWhole() {
        Dataset<Row> deletions =
                rows.open(batches, editions).withColumn("place", editionOf(batches, col("source"), col("batch")));
        return new OpenDeletions(contract)
                .figures(deletions, open())
                .select(
                        col("key_hash").as("key"),
                        lit(0L).as("tally"),
                        lit(0L).as("signature"),
                        place(col("part_of")).as("place"),
                        lit(null).cast("long").as("spot"),
                        lit(true).as("gone"));
    }

    /** Writes what {@link #compare} found. */
    void apply(Table table, Write write, TableOption... layout) {
        long closed = keysOf(REVISED) + keysOf(WITHDRAWN);
        Dataset<Row> added = added();
        if (closed == 0) {
            lake.append(table, added, write, layout);
            return;
        }
        Dataset<Row> keys =
                differences.where(col("kind").isin(REVISED, WITHDRAWN)).select("key", "part_of");
        Closing closing = new Closing(lake, table, batches, Facts.isByYear(contract) ? closedYears() : Set.of());
        if (closed <= few) {
            closing.byKeysInMemory(keys, (int) closed, added, write);
        } else {
            closing.byMerge(keys, added, write);
        }
    }

    private Set<Integer> closedYears() {
        Set<Integer> years = new TreeSet<>();
        for (String kind : List.of(REVISED, WITHDRAWN)) {
            if (summary.containsKey(kind)) {
                years.addAll(summary.get(kind).getList(summary.get(kind).fieldIndex("years")));
            }
        }
        return years;
    }

    /** The rows of new and revised keys, and nothing else of the batch, are put into codes again. */
    private Dataset<Row> added() {
        List<String> columns = CodedRows.columns(contract);
        Dataset<Row> wanted = differences
                .where(col("kind").isin(NEW, REVISED))
                .select(
                        col("key").as("w_key"),
                        col("part_of").as("w_part"),
                        col("line").as("w_line"),
                        col("cell").as("w_cell"));
        long few = keysOf(NEW) + keysOf(REVISED);
        Dataset<Row> raw = rows.raw(batches, editions);
        if (few <= FEW && mostOf(NEW) <= 1 && mostOf(REVISED) <= 1) {
            Column here = editionOf(batches, raw.col("source"), raw.col("batch"));
            raw = raw.join(
                    broadcast(wanted),
                    here.equalTo(col("w_part"))
                            .and(raw.col("line").equalTo(col("w_line")))
                            .and(raw.col("cell").equalTo(col("w_cell"))),
                    "left_semi");
        }
        Dataset<Row> stated = rows.hashed(rows.coded(raw, batches)).where(not(col("deletes")));
        Dataset<Row> keys = wanted.select("w_key");
        return stated.join(few <= FEW ? broadcast(keys) : keys, col("key_hash").equalTo(col("w_key")), "left_semi")
                .withColumn("vintage", col("edition_vintage"))
                .withColumn("superseded", lit(null).cast("timestamp"))
                .select(columns.stream().map(name -> col(name)).toArray(Column[]::new));
    }

    /** Open rows of the parts that have a new edition, with {@code part_of}, the place of the edition in the list. */
    private Dataset<Row> open() {
        Map<String, Integer> places = new TreeMap<>();
        for (int i = 0; i < batches.size(); i++) {
            places.put(batches.get(i).source() + "\u0000" + batches.get(i).part(), i);
        }
        List<AcceptedBatch> earlier = new ArrayList<>();
        List<Integer> place = new ArrayList<>();
        for (AcceptedBatch batch : known) {
            Integer at = places.get(batch.source() + "\u0000" + batch.part());
            if (at != null) {
                earlier.add(batch);
                place.add(at);
            }
        }
        Dataset<Row> table = lake.read(Table.harmonised(contract.id()))
                .orElseThrow()
                .where(col("source")
                        .isin(batches.stream()
                                .map(AcceptedBatch::source)
                                .distinct()
                                .toArray())
                        .and(col("superseded").isNull()));
        Column at = lit(null).cast("int");
        boolean oneEach = batches.stream().map(AcceptedBatch::source).distinct().count() == batches.size()
                && known.size() == earlier.size();
        if (oneEach) {
            for (int i = 0; i < batches.size(); i++) {
                at = when(col("source").equalTo(batches.get(i).source()), lit(i))
                        .otherwise(at);
            }
            return table.withColumn("part_of", at);
        }
        Map<String, Integer> byBatch = new TreeMap<>();
        for (int i = 0; i < earlier.size(); i++) {
            byBatch.put(Editions.id(earlier.get(i).source(), earlier.get(i).batch()), place.get(i));
        }
        Dataset<Row> editionPlaces = broadcast(lake.spark()
                .createDataFrame(
                        byBatch.entrySet().stream()
                                .map(e -> RowFactory.create(e.getKey(), e.getValue()))
                                .toList(),
                        new StructType().add("p_id", "string").add("part_of", "int")));
        return table.join(
                editionPlaces, concat(col("source"), lit("/"), col("batch")).equalTo(col("p_id")));
    }

    /** Edition and year in one number. */
    private static Column place(Column edition) {
        return edition.cast("long")
                .multiply(lit(ONE_OPEN))
                .plus(coalesce(col("year"), lit(0)).cast("long"));
    }

    /** Line and cell in one number. */
    private static Column spot() {
        return col("line").cast("long").multiply(lit(1L << CELL_BITS)).plus(col("cell"));
    }

    /** More for many rows, so that what is added up stays near the processor. */
    private static int partitions(Dataset<Row> rows) {
        long estimated =
                rows.queryExecution().optimizedPlan().stats().sizeInBytes().toLong() / BYTES_A_ROW;
        int least = rows.sparkSession().sparkContext().defaultParallelism();
        return (int) Math.max(least, Math.min(200, estimated / ROWS_A_PARTITION));
    }

    private long keysOf(String kind) {
        return summary.containsKey(kind) ? summary.get(kind).<Long>getAs("keys") : 0;
    }

    private long rowsOf(String kind) {
        return summary.containsKey(kind) ? summary.get(kind).<Long>getAs("n") : 0;
    }

    private long mostOf(String kind) {
        return summary.containsKey(kind) ? summary.get(kind).<Long>getAs("most") : 0;
    }

    private static Column editionOf(List<AcceptedBatch> batches, Column source, Column batch) {
        Column at = lit(null).cast("int");
        for (int i = batches.size() - 1; i >= 0; i--) {
            at = when(
                            source.equalTo(batches.get(i).source())
                                    .and(batch.equalTo(batches.get(i).batch())),
                            lit(i))
                    .otherwise(at);
        }
        return at;
    }

    private static Column booleanOf(List<Boolean> values, Column at) {
        return element_at(array(values.stream().map(v -> lit(v)).toArray(Column[]::new)), at.plus(lit(1)));
    }

    @Override
    public void close() {
        if (differences != null) {
            differences.unpersist();
        }
    }
}

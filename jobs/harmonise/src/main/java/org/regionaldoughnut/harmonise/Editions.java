package org.regionaldoughnut.harmonise;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The batches of some sources as editions of their parts. A full edition states its whole part, so what it leaves out is
 * withdrawn; a partial one (SDMX actions) states what it appends, replaces or deletes, and nothing else.
 */
final class Editions {
    private static final StructType TABLE = new StructType()
            .add("e_source", DataTypes.StringType)
            .add("e_batch", DataTypes.StringType)
            .add("part", DataTypes.StringType)
            .add("edition", DataTypes.IntegerType)
            .add("edition_vintage", DataTypes.TimestampType)
            .add("next_full", DataTypes.IntegerType)
            .add("next_full_vintage", DataTypes.TimestampType);

    private final List<AcceptedBatch> batches;
    private final Map<String, Long> partial;

    /**
     * @param batches of a source in order of their vintages
     * @param partial {@link #id} of those that are partial, and how many of their rows leave open what they delete
     */
    Editions(List<AcceptedBatch> batches, Map<String, Long> partial) {
        this.batches = List.copyOf(batches);
        this.partial = Map.copyOf(partial);
    }

    /** Editions of which only the rows matter, not what they withdraw. */
    static Editions unrelated(List<AcceptedBatch> batches) {
        return new Editions(batches, Map.of());
    }

    static String id(String source, String batch) {
        return source + "/" + batch;
    }

    /** Whether no part has more than one. */
    boolean areSingle() {
        return batches.stream().map(b -> b.source() + "/" + b.part()).distinct().count() == batches.size();
    }

    boolean isPartial(AcceptedBatch batch) {
        return partial.containsKey(id(batch.source(), batch.batch()));
    }

    /** Rows that delete with a dimension left open. */
    long openDeletions() {
        return partial.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * {@code e_source, e_batch, part, edition} (from 1 within the part), {@code edition_vintage, next_full,
     * next_full_vintage}: the full edition that comes next, which closes what it does not state.
     */
    Dataset<Row> table(SparkSession spark) {
        Map<String, List<AcceptedBatch>> parts = new TreeMap<>();
        batches.forEach(b -> parts.computeIfAbsent(b.source() + "\u0000" + b.part(), p -> new ArrayList<>())
                .add(b));
        List<Row> rows = new ArrayList<>();
        parts.values().forEach(own -> {
            for (int i = 0; i < own.size(); i++) {
                AcceptedBatch batch = own.get(i);
                int full = i + 1;
                while (full < own.size() && isPartial(own.get(full))) {
                    full++;
                }
                boolean followed = full < own.size();
                rows.add(RowFactory.create(
                        batch.source(),
                        batch.batch(),
                        batch.part(),
                        i + 1,
                        Timestamp.from(batch.vintage()),
                        followed ? full + 1 : null,
                        followed ? Timestamp.from(own.get(full).vintage()) : null));
            }
        });
        return spark.createDataFrame(rows, TABLE).coalesce(1);
    }
}

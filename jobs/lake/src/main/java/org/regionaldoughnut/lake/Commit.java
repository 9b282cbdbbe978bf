package org.regionaldoughnut.lake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Format;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.SetTransaction;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.lake.columns.Written;
import scala.Option;
import scala.Predef;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The next version of a table, from files that are written once it has begun: what others commit in between is noticed.
 *
 * @param transaction on the version that rows are replaced of
 * @param replaced partitions whose rows they replace, each as column to value; all where absent
 */
record Commit(
        OptimisticTransaction transaction,
        StructType schema,
        List<String> partitionedBy,
        Map<String, String> properties,
        Optional<Set<Map<String, String>>> replaced,
        Write write) {

    void of(List<Written> files) {
        files.stream()
                .map(Written::partition)
                .filter(its -> !isReplaced(its))
                .findFirst()
                .ifPresent(its -> {
                    throw new IllegalStateException("rows of " + its + " among those of " + replaced.orElseThrow());
                });
        long now = transaction.deltaLog().clock().getTimeMillis();
        List<Action> actions = new ArrayList<>();
        if (transaction.readVersion() < 0) {
            transaction.updateMetadata(created(now), false);
        } else {
            adapt();
            stored().stream()
                    .filter(file -> isReplaced(JavaConverters.mapAsJavaMap(file.partitionValues())))
                    .forEach(file -> actions.add(file.removeWithTimestamp(now, true)));
        }
        files.forEach(file -> actions.add(added(file)));
        actions.add(new SetTransaction(write.application(), write.version(), Option.apply(now)));
        transaction.commit(
                seq(actions),
                new DeltaOperations.Write(
                        SaveMode.Overwrite,
                        Option.apply(seq(partitionedBy)),
                        Option.apply(replaced.map(Object::toString).orElse(null)),
                        Option.apply(write.note().orElse(null))));
    }

    private Metadata created(long now) {
        return new Metadata(
                UUID.randomUUID().toString(),
                null,
                null,
                new Format("parquet", map(Map.of())),
                schema.json(),
                seq(partitionedBy),
                map(properties),
                Option.apply(now));
    }

    /** Where all rows are replaced, their columns may be others. */
    private void adapt() {
        Metadata known = transaction.metadata();
        boolean same = known.schema().equals(schema)
                && JavaConverters.seqAsJavaList(known.partitionColumns()).equals(partitionedBy);
        if (same) {
            return;
        }
        if (replaced.isPresent()) {
            throw new IllegalStateException("some partitions of other columns: " + schema.simpleString() + " after "
                    + known.schema().simpleString());
        }
        transaction.updateMetadata(
                known.copy(
                        known.id(),
                        known.name(),
                        known.description(),
                        known.format(),
                        schema.json(),
                        seq(partitionedBy),
                        known.configuration(),
                        known.createdTime()),
                false);
    }

    private List<AddFile> stored() {
        Optional<Seq<AddFile>> listed = FewFiles.listed(transaction.snapshot());
        listed.ifPresent(files -> transaction.readWholeTable());
        return JavaConverters.seqAsJavaList(listed.orElseGet(transaction::filterFiles));
    }

    private boolean isReplaced(Map<String, String> partition) {
        return replaced.map(partitions -> partitions.contains(partition)).orElse(true);
    }

    private static AddFile added(Written file) {
        return new AddFile(
                file.path(),
                map(file.partition()),
                file.bytes(),
                file.modified(),
                true,
                file.statistics(),
                file.marks().isEmpty() ? null : map(file.marks()),
                null,
                Option.empty(),
                Option.empty(),
                Option.empty());
    }

    private static <T> Seq<T> seq(List<T> list) {
        return JavaConverters.asScalaBuffer(list).toSeq();
    }

    private static scala.collection.immutable.Map<String, String> map(Map<String, String> map) {
        return JavaConverters.mapAsScalaMap(new LinkedHashMap<>(map)).toMap(Predef.<Tuple2<String, String>>$conforms());
    }
}

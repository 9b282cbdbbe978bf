package org.regionaldoughnut.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.VersionChecksum;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.InMemoryLogReplay;
import org.apache.spark.sql.delta.files.TahoeBatchFileIndex;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.regionaldoughnut.lake.columns.Apart;
import scala.Function1;
import scala.Option;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Map;
import scala.runtime.AbstractPartialFunction;

/**
 * The files of a table that has few: Delta asks Spark which of them there are and which to read, which costs more than
 * reading them.
 */
final class FewFiles extends TahoeBatchFileIndex {
    private static final int MOST = 100;
    private static final int MOST_VERSIONS = 10;

    private FewFiles(SparkSession spark, Snapshot snapshot, Seq<AddFile> files) {
        super(spark, "batch", files, snapshot.deltaLog(), snapshot.path().getParent(), snapshot, false);
    }

    /**
     * The rows of a version, none where its files are many or are not known without asking.
     *
     * @param apart where present, of the other rows only those that lie in one file with these
     */
    static Optional<Dataset<Row>> rows(SparkSession spark, Snapshot snapshot, Optional<Apart> apart) {
        return few(snapshot)
                .map(files -> apart.map(some -> having(some, files)).orElse(files))
                .map(files -> spark.baseRelationToDataFrame(snapshot.deltaLog()
                        .buildHadoopFsRelationWithFileIndex(
                                snapshot, new FewFiles(spark, snapshot, files), Option.empty(), false)));
    }

    private static Seq<AddFile> having(Apart apart, Seq<AddFile> files) {
        List<AddFile> having = new ArrayList<>(JavaConverters.seqAsJavaList(files));
        having.removeIf(file -> file.tags() != null && !apart.mayBeIn(JavaConverters.mapAsJavaMap(file.tags())));
        return JavaConverters.asScalaBuffer(having).toSeq();
    }

    /** How many rows a version has, none where its files are not known or do not say how many they have. */
    static Optional<Long> count(Snapshot snapshot) {
        Optional<List<AddFile>> files = listed(snapshot).map(JavaConverters::seqAsJavaList);
        return files.filter(all ->
                        all.stream().allMatch(file -> file.numLogicalRecords().isDefined()))
                .map(all -> all.stream()
                        .mapToLong(file -> (Long) file.numLogicalRecords().get())
                        .sum());
    }

    private static Optional<Seq<AddFile>> few(Snapshot snapshot) {
        Option<VersionChecksum> checksum = snapshot.checksumOpt();
        return checksum.isDefined() && checksum.get().numFiles() > MOST
                ? Optional.empty()
                : listed(snapshot).filter(files -> files.size() <= MOST);
    }

    /** The files of a version, from its checksum, or from the log where it is short; none where neither tells. */
    static Optional<Seq<AddFile>> listed(Snapshot snapshot) {
        Option<VersionChecksum> checksum = snapshot.checksumOpt();
        Option<Seq<AddFile>> listed =
                checksum.isEmpty() ? Option.empty() : checksum.get().allFiles();
        if (listed.isDefined()) {
            return Optional.of(listed.get());
        }
        if (snapshot.version() >= MOST_VERSIONS
                || !snapshot.logSegment().checkpointProvider().isEmpty()) {
            return Optional.empty();
        }
        InMemoryLogReplay replay = new InMemoryLogReplay(0, Option.empty());
        Iterator<Tuple2<Object, Seq<Action>>> commits = snapshot.deltaLog().getChanges(0, false);
        while (commits.hasNext()) {
            Tuple2<Object, Seq<Action>> commit = commits.next();
            if ((Long) commit._1() <= snapshot.version()) {
                replay.append((Long) commit._1(), commit._2().iterator());
            }
        }
        return Optional.of(replay.allFiles());
    }

    @Override
    public Seq<AddFile> matchingFiles(Seq<Expression> partitionFilters, Seq<Expression> dataFilters) {
        List<AddFile> matching = new ArrayList<>(JavaConverters.seqAsJavaList(addFiles()));
        for (Expression filter : JavaConverters.seqAsJavaList(partitionFilters)) {
            matching.removeIf(file -> !Boolean.TRUE.equals(
                    filter.transform(new InPartition(file.partitionValues())).eval(null)));
        }
        return JavaConverters.asScalaBuffer(matching).toSeq();
    }

    /** Puts the values of a partition in place of its columns. */
    private static final class InPartition extends AbstractPartialFunction<Expression, Expression> {
        private final Map<String, String> values;

        InPartition(Map<String, String> values) {
            this.values = values;
        }

        @Override
        public boolean isDefinedAt(Expression expression) {
            return expression instanceof Attribute;
        }

        @Override
        public <A extends Expression, B> B applyOrElse(A expression, Function1<A, B> otherwise) {
            if (expression instanceof Attribute column) {
                @SuppressWarnings("unchecked") // an expression stands for an expression
                B value = (B) literal(values.get(column.name()), column.dataType());
                return value;
            }
            return otherwise.apply(expression);
        }

        /** Delta keeps values as text, and null also as an empty one. */
        private static Literal literal(Option<String> text, DataType type) {
            boolean none = text.isEmpty() || text.get() == null || text.get().isEmpty();
            Literal value = Literal.create(none ? null : text.get(), DataTypes.StringType);
            return new Literal(new Cast(value, type, Option.apply("UTC"), EvalMode.LEGACY()).eval(null), type);
        }
    }
}

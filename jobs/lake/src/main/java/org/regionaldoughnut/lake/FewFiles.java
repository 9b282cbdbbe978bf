package org.regionaldoughnut.lake;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.VersionChecksum;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.InMemoryLogReplay;
import org.apache.spark.sql.delta.files.TahoeBatchFileIndex;
import scala.Option;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The files of a table that has few: Delta asks Spark which of them there are and which to read, which costs more than
 * reading them.
 */
final class FewFiles extends TahoeBatchFileIndex {
    private static final int MOST = 50;
    private static final int MOST_VERSIONS = 10;

    private FewFiles(SparkSession spark, Snapshot snapshot, Seq<AddFile> files) {
        super(spark, "batch", files, snapshot.deltaLog(), snapshot.path().getParent(), snapshot, false);
    }

    /** The rows of a version, none where its files are many or are not known without asking. */
    static Optional<Dataset<Row>> rows(SparkSession spark, Snapshot snapshot) {
        return files(snapshot)
                .map(files -> spark.baseRelationToDataFrame(snapshot.deltaLog()
                        .buildHadoopFsRelationWithFileIndex(
                                snapshot, new FewFiles(spark, snapshot, files), Option.empty(), false)));
    }

    /** How many rows a version has, none where its files are many or do not say how many they have. */
    static Optional<Long> count(Snapshot snapshot) {
        Optional<List<AddFile>> files = files(snapshot).map(JavaConverters::seqAsJavaList);
        return files.filter(all ->
                        all.stream().allMatch(file -> file.numLogicalRecords().isDefined()))
                .map(all -> all.stream()
                        .mapToLong(file -> (Long) file.numLogicalRecords().get())
                        .sum());
    }

    /** From the checksum of the version, or from the log where it is short. */
    static Optional<Seq<AddFile>> files(Snapshot snapshot) {
        Option<VersionChecksum> checksum = snapshot.checksumOpt();
        if (checksum.isDefined() && checksum.get().numFiles() > MOST) {
            return Optional.empty();
        }
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
        Seq<AddFile> files = replay.allFiles();
        return files.size() > MOST ? Optional.empty() : Optional.of(files);
    }

    @Override
    public Seq<AddFile> matchingFiles(Seq<Expression> partitionFilters, Seq<Expression> dataFilters) {
        return partitionFilters.isEmpty() ? addFiles() : super.matchingFiles(partitionFilters, dataFilters);
    }
}

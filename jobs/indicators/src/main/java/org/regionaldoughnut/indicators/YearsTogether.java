package org.regionaldoughnut.indicators;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.Partition;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.FilePartition;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import scala.Option;

/**
 * Brings the files of a table that is partitioned by year to where their year is computed, year after year, so that their
 * rows need not travel.
 */
final class YearsTogether implements PartitionCoalescer, scala.Serializable {
    private static final long serialVersionUID = 1L;

    private final int field;
    private final Dispatch dispatch;

    /** @param field place of the year among the columns that the table is partitioned by */
    YearsTogether(int field, Dispatch dispatch) {
        this.field = field;
        this.dispatch = dispatch;
    }

    /** A partition of the files and the year of its rows. */
    private record OfYear(Partition files, int year) {}

    /** Whether the files of each partition are of one year. */
    boolean isPossible(RDD<?> files) {
        for (Partition partition : files.partitions()) {
            if (year(partition).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private Optional<Integer> year(Partition partition) {
        Integer year = null;
        for (PartitionedFile file : ((FilePartition) partition).files()) {
            InternalRow values = file.partitionValues();
            if (values.isNullAt(field) || year != null && year != values.getInt(field)) {
                return Optional.empty();
            }
            year = values.getInt(field);
        }
        return Optional.ofNullable(year);
    }

    @Override
    public PartitionGroup[] coalesce(int most, RDD<?> files) {
        List<OfYear> all = new ArrayList<>();
        for (Partition partition : files.partitions()) {
            all.add(new OfYear(partition, year(partition).orElseThrow()));
        }
        all.sort(Comparator.comparingInt(OfYear::year));
        PartitionGroup[] groups = new PartitionGroup[most];
        for (int i = 0; i < most; i++) {
            groups[i] = new PartitionGroup(Option.empty());
        }
        for (OfYear one : all) {
            groups[dispatch.getPartition(dispatch.unit(Dispatch.OF_YEAR, one.year()))]
                    .partitions()
                    .$plus$eq(one.files());
        }
        return groups;
    }
}

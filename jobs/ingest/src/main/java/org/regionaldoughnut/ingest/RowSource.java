package org.regionaldoughnut.ingest;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;

/** Where the rows of a file come from: parts of it that tasks read side by side. */
interface RowSource extends Serializable {
    List<? extends InputPartition> parts();

    /**
     * Opens a part.
     *
     * @param wanted the columns to fill, some of those the file has; a row is good until the next one is asked for
     */
    PartitionReader<InternalRow> open(InputPartition part, StructType wanted);
}

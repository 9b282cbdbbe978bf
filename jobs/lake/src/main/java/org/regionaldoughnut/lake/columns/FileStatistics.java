package org.regionaldoughnut.lake.columns;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.api.Binary;

/** What Delta keeps of a file, so that reads can skip it: number of rows, and ranges of some columns of text. */
final class FileStatistics {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FileStatistics() {}

    static String of(ParquetMetadata file, Set<String> columns) {
        long rows = 0;
        SortedMap<String, Statistics<?>> ofColumns = new TreeMap<>();
        for (BlockMetaData group : file.getBlocks()) {
            rows += group.getRowCount();
            for (ColumnChunkMetaData chunk : group.getColumns()) {
                String column = chunk.getPath().toDotString();
                if (columns.contains(column)) {
                    ofColumns
                            .computeIfAbsent(column, c -> Statistics.createStats(chunk.getPrimitiveType()))
                            .mergeStatistics(chunk.getStatistics());
                }
            }
        }
        ObjectNode all = JSON.createObjectNode().put("numRecords", rows);
        ObjectNode least = all.putObject("minValues");
        ObjectNode most = all.putObject("maxValues");
        ObjectNode nulls = all.putObject("nullCount");
        ofColumns.forEach((column, statistics) -> {
            if (statistics.hasNonNullValue()) {
                least.put(column, ((Binary) statistics.genericGetMin()).toStringUsingUTF8());
                most.put(column, ((Binary) statistics.genericGetMax()).toStringUsingUTF8());
            }
            nulls.put(column, statistics.getNumNulls());
        });
        return all.toString();
    }
}

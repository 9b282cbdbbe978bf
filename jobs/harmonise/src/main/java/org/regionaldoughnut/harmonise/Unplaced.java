package org.regionaldoughnut.harmonise;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Write;

/** Rows whose region or unit the office does not know are set aside in the quarantine of their source. */
final class Unplaced {
    private final Lake lake;
    private final String run;

    Unplaced(Lake lake, String run) {
        this.lake = lake;
        this.run = run;
    }

    /**
     * What is said of the batches replaces what was said of them before.
     *
     * @param coded rows of the batches with {@link Classification#PROBLEM}
     * @param any whether there is one that cannot be placed
     * @param all whether the batches are all of their sources
     */
    void quarantine(Dataset<Row> coded, List<AcceptedBatch> batches, boolean any, boolean all, Write write) {
        Dataset<Row> problems = coded.where(col(Classification.PROBLEM).isNotNull());
        Set<String> touched = !any
                ? Set.of()
                : problems.select("source").distinct().collectAsList().stream()
                        .map(row -> row.getString(0))
                        .collect(Collectors.toSet());
        for (Map.Entry<String, List<String>> entry : CodedRows.bySource(batches).entrySet()) {
            String source = entry.getKey();
            Table table = Table.quarantine(source);
            boolean exists = lake.exists(table);
            if (!touched.contains(source) && !exists) {
                continue;
            }
            Dataset<Row> rejected = problems.where(col("source").equalTo(source))
                    .select(
                            col("batch"),
                            col("file"),
                            col("line"),
                            col("cell"),
                            col("received"),
                            lit("rule").as("stage"),
                            lit("removed").as("action"),
                            lit(Facts.REGION_RULE).as("rule"),
                            col(Classification.PROBLEM).as("message"),
                            lit(run).as("run"));
            if (!exists) {
                lake.append(table, rejected, write);
                continue;
            }
            String own = "rule = '" + Facts.REGION_RULE + "'"
                    + (all
                            ? ""
                            : entry.getValue().stream().collect(Collectors.joining("', '", " and batch in ('", "')")));
            if (touched.contains(source)
                    || !lake.read(table).orElseThrow().where(own).isEmpty()) {
                lake.replace(table, rejected, own, write);
            }
        }
    }
}

package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;

/**
 * The harmonised rows that count, and those that are missing because a rule removed them. Of each table the version that
 * it has when it is first asked for, so that what is surveyed is what is added up.
 */
final class Harmonised {
    private final Lake lake;
    private final Instant asOf;
    private final SetAside setAside;
    private final Map<String, Optional<Dataset<Row>>> known = new ConcurrentHashMap<>();

    /**
     * @param asOf figures as they were known then; {@link Instant#MAX} for the current ones
     * @param sourcesOf harmonised table to the ids of its sources
     */
    Harmonised(Lake lake, Instant asOf, Function<String, List<String>> sourcesOf) {
        this.lake = lake;
        this.asOf = asOf;
        this.setAside = new SetAside(lake, sourcesOf);
    }

    /** The rows of a harmonised table that counted at the time asked for; none where there is no table. */
    Optional<Dataset<Row>> known(String table) {
        return known.computeIfAbsent(table, t -> lake.read(Table.harmonised(t)).map(this::counting));
    }

    /** The rows that rules removed, see {@link SetAside}; none where there are none. */
    Optional<Dataset<Row>> removed(String table) {
        return known(table).flatMap(rows -> setAside.of(table, rows));
    }

    /** Of each harmonised table that there is the tables that its removed rows are told of in. */
    Map<String, List<Table>> tables(Set<String> some) {
        Map<String, List<Table>> tables = new TreeMap<>();
        some.stream()
                .filter(table -> lake.exists(Table.harmonised(table)))
                .forEach(table -> tables.put(table, setAside.tables(table)));
        return tables;
    }

    private Dataset<Row> counting(Dataset<Row> rows) {
        Dataset<Row> dated = List.of(rows.columns()).contains("year")
                ? rows
                : rows.withColumn("year", substring(col("period"), 1, 4).cast("int"));
        if (asOf.equals(Instant.MAX)) {
            return dated.where(col("superseded").isNull());
        }
        Column then = lit(Timestamp.from(asOf));
        return dated.where(col("vintage")
                .leq(then)
                .and(col("superseded").isNull().or(col("superseded").gt(then))));
    }
}

package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One look at a harmonised table before its rows are added up: what its years hold, and in which units the figures of each
 * request are.
 */
final class Survey implements Scan.Use<Survey.Found> {
    private static final long serialVersionUID = 1L;
    private static final int YEAR = 0;
    private static final int FIRST_HASH = 1;
    private static final int HALF = 32;

    private final int hashes;
    private final Matching matching;

    /**
     * What some rows of a year hold.
     *
     * @param mixed exclusive or of the hashes of rows
     * @param summed sum of their upper halves
     * @param units of their figures
     */
    record Content(long rows, long mixed, long summed, Units units) implements Serializable {
        static final Content NONE = new Content(0, 0, 0, new Units());

        Content and(Content other) {
            return new Content(rows + other.rows, mixed ^ other.mixed, summed + other.summed, units.and(other.units));
        }
    }

    /** @param byYear year, 0 for none, to what it holds */
    record Found(TreeMap<Integer, Content> byYear) implements Serializable {}

    private Survey(int hashes, Matching matching) {
        this.hashes = hashes;
        this.matching = matching;
    }

    /**
     * @param rows of one table
     * @param requests all that are made
     * @param own numbers of those that look at the table
     * @return year to what it holds
     */
    static TreeMap<Integer, Content> of(Dataset<Row> rows, List<Request> requests, List<Integer> own) {
        Codes codes = Codes.of(rows, own.stream().map(requests::get).toList());
        List<Column> columns = new ArrayList<>(List.of(col("year")));
        List<String> present = List.of(rows.columns());
        if (present.contains("key_hash")) {
            columns.addAll(List.of(col("key_hash"), col("value_hash"), col("vintage")));
        } else {
            columns.add(xxhash64(present.stream().map(name -> col(name)).toArray(Column[]::new)));
        }
        int hashes = columns.size() - FIRST_HASH;
        codes.names().forEach(name -> columns.add(codes.code(name).as("code_" + name)));
        Survey survey = new Survey(hashes, Matching.of(rows.sparkSession(), requests, own, codes));
        Dataset<Row> looked = Codes.select(rows, columns);
        TreeMap<Integer, Content> byYear = new TreeMap<>();
        for (Found part : Scan.read(looked, Set.of(), survey).collect()) {
            part.byYear().forEach((year, content) -> byYear.merge(year, content, Content::and));
        }
        return byYear;
    }

    @Override
    public Iterator<Found> of(Reading rows) {
        Matching.Cells cells = matching.cells();
        Map<Integer, Sums> byYear = new HashMap<>();
        int year = 0;
        Sums sums = null;
        while (rows.next()) {
            int its = rows.isNull(YEAR) ? 0 : rows.integer(YEAR);
            if (sums == null || its != year) {
                year = its;
                sums = byYear.computeIfAbsent(its, y -> new Sums());
            }
            long hash = 0;
            for (int i = 0; i < hashes; i++) {
                int column = FIRST_HASH + i;
                hash = WordHash.and(hash, rows.isNull(column) ? 0 : rows.number(column));
            }
            sums.rows++;
            sums.mixed ^= hash;
            sums.summed += hash >> HALF;
            sums.met.set(cells.combination(rows, FIRST_HASH + hashes));
        }
        TreeMap<Integer, Content> contents = new TreeMap<>();
        byYear.forEach((its, found) -> contents.put(its, found.content(cells)));
        return List.of(new Found(contents)).iterator();
    }

    private static final class Sums {
        private long rows;
        private long mixed;
        private long summed;
        private final BitSet met = new BitSet();

        Content content(Matching.Cells cells) {
            Units units = new Units();
            met.stream().mapToObj(cells::units).forEach(units::addAll);
            return new Content(rows, mixed, summed, units);
        }
    }
}

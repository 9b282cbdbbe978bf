package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
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
 * One look at rows before they are added up: what those hold that feed a request, by year, and in which units they are.
 */
final class Survey implements Scan.Use<Survey.Found> {
    private static final long serialVersionUID = 1L;
    private static final List<String> HASHES = List.of("key_hash", "value_hash", "vintage");
    private static final int YEAR = 0;
    private static final int FIRST_HASH = 1;
    private static final int HALF = 32;

    private final int hashes;
    private final Matching matching;
    private final boolean removed;

    /**
     * Rows of a year that have something in common.
     *
     * @param request number of the one that they feed
     * @param unit that they are in; null where they name none
     * @param removed whether a rule removed them
     */
    record Fed(int request, String unit, boolean removed) implements Serializable {}

    /**
     * What some rows hold: where they hold the same, they are the same.
     *
     * @param mixed exclusive or of the hashes of rows
     * @param summed sum of their upper halves
     */
    record Content(long rows, long mixed, long summed) implements Serializable {
        Content and(Content other) {
            return new Content(rows + other.rows, mixed ^ other.mixed, summed + other.summed);
        }
    }

    /** @param byYear year, 0 for none, to what its rows hold */
    record Found(TreeMap<Integer, HashMap<Fed, Content>> byYear) implements Serializable {
        void and(Found other) {
            other.byYear.forEach((year, contents) -> {
                Map<Fed, Content> its = byYear.computeIfAbsent(year, y -> new HashMap<>());
                contents.forEach((fed, content) -> its.merge(fed, content, Content::and));
            });
        }
    }

    private Survey(int hashes, Matching matching, boolean removed) {
        this.hashes = hashes;
        this.matching = matching;
        this.removed = removed;
    }

    /**
     * @param rows of one harmonised table
     * @param requests all that are made
     * @param own numbers of those that look at the table
     */
    static Found of(Dataset<Row> rows, List<Request> requests, List<Integer> own) {
        List<String> present = List.of(rows.columns());
        return of(
                rows,
                present.contains(HASHES.get(0))
                        ? HASHES.stream().map(name -> col(name)).toList()
                        : List.of(hash(rows)),
                requests,
                own,
                false);
    }

    /** The same of rows that were never harmonised, since a rule removed them; they have no hashes. */
    static Found ofRemoved(Dataset<Row> rows, List<Request> requests, List<Integer> own) {
        return of(rows, List.of(hash(rows)), requests, own, true);
    }

    private static Column hash(Dataset<Row> rows) {
        return xxhash64(Arrays.stream(rows.columns()).map(name -> col(name)).toArray(Column[]::new));
    }

    private static Found of(
            Dataset<Row> rows, List<Column> hashes, List<Request> requests, List<Integer> own, boolean removed) {
        Codes codes = Codes.of(rows, own.stream().map(requests::get).toList());
        List<Column> columns = new ArrayList<>(List.of(col("year")));
        columns.addAll(hashes);
        codes.names().forEach(name -> columns.add(codes.code(name).as("code_" + name)));
        Survey survey = new Survey(hashes.size(), Matching.of(rows.sparkSession(), requests, own, codes), removed);
        Found found = new Found(new TreeMap<>());
        Scan.Planned.of(Codes.select(rows, columns), Set.of())
                .read(survey)
                .collect()
                .forEach(found::and);
        return found;
    }

    @Override
    public Iterator<Found> of(Reading rows) {
        Matching.Cells cells = matching.cells();
        Numbering years = new Numbering();
        List<Sums> byYear = new ArrayList<>();
        while (rows.next()) {
            int year = years.number(rows.isNull(YEAR) ? 0 : rows.integer(YEAR));
            if (year == byYear.size()) {
                byYear.add(new Sums());
            }
            long hash = 0;
            for (int i = 0; i < hashes; i++) {
                int column = FIRST_HASH + i;
                hash = WordHash.and(hash, rows.isNull(column) ? 0 : rows.number(column));
            }
            byYear.get(year).add(cells.fed(rows, FIRST_HASH + hashes), hash);
        }
        TreeMap<Integer, HashMap<Fed, Content>> contents = new TreeMap<>();
        for (int i = 0; i < byYear.size(); i++) {
            contents.put((int) years.key(i), contents(byYear.get(i), cells));
        }
        return List.of(new Found(contents)).iterator();
    }

    private HashMap<Fed, Content> contents(Sums sums, Matching.Cells cells) {
        HashMap<Fed, Content> contents = new HashMap<>();
        for (int i = 0; i < sums.size(); i++) {
            Content content = sums.content(i);
            if (content.rows() > 0) {
                Matching.Fed its = cells.getFed(i);
                its.requests()
                        .forEach(request ->
                                contents.merge(new Fed(request, its.unit(), removed), content, Content::and));
            }
        }
        return contents;
    }

    /** By number of what rows feed; what is added to at once lies side by side. */
    private static final class Sums {
        private static final int LENGTH = 4;
        private static final int ROWS = 0;
        private static final int MIXED = 1;
        private static final int SUMMED = 2;

        private long[] sums = new long[16 * LENGTH];

        int size() {
            return sums.length / LENGTH;
        }

        void add(int fed, long hash) {
            int at = LENGTH * fed;
            if (at >= sums.length) {
                sums = Arrays.copyOf(sums, 2 * at);
            }
            sums[at + ROWS]++;
            sums[at + MIXED] ^= hash;
            sums[at + SUMMED] += hash >> HALF;
        }

        Content content(int fed) {
            int at = LENGTH * fed;
            return new Content(sums[at + ROWS], sums[at + MIXED], sums[at + SUMMED]);
        }
    }
}

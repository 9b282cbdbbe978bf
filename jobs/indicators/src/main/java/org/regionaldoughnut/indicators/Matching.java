package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.XxHash64Function;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

/**
 * Which rows of a table feed which terms. The conditions are looked at once for each combination of codes that occurs;
 * rows find theirs by a hash of their codes. A condition on anything but codes is looked at row by row, and its answer
 * is one of the codes.
 */
final class Matching {
    static final String KEY = "matching_key";
    private static final StructType CELLS =
            new StructType().add(KEY, DataTypes.LongType).add("cell", DataTypes.IntegerType);

    /** Columns of harmonised tables that tell what a figure is about, in few combinations. */
    private static final Set<String> CODES = Set.of(
            "source",
            "series",
            "flow",
            "partner",
            "product_scheme",
            "product",
            "currency",
            "quantity_unit",
            "sector_scheme",
            "sector",
            "substance",
            "gwp",
            "perspective",
            "variable",
            "breakdown",
            "unit",
            "obs_status",
            "conf_status",
            "region_scheme");

    private static final int SALTS = 8;

    /** Where Spark's function xxhash64 begins. */
    private static final long SEED = 42;

    private static final String NONE = "\u0000";

    private final SparkSession spark;
    private final Dataset<Row> rows;
    private final Column key;
    private final List<Combination> combinations;

    /**
     * Codes that occur together.
     *
     * @param key the hash of those that differ between combinations
     * @param met numbers of the requests that its rows feed
     * @param by column to code, of the columns that requests keep apart
     */
    private record Combination(
            long key, Integer first, Integer last, String unit, List<Integer> met, Map<String, String> by) {}

    private Matching(SparkSession spark, Dataset<Row> rows, Column key, List<Combination> combinations) {
        this.spark = spark;
        this.rows = rows;
        this.key = key;
        this.combinations = combinations;
    }

    /** The rows that may feed a request. */
    Dataset<Row> rows() {
        return rows;
    }

    /** The hash of a row's codes. */
    Column key() {
        return key;
    }

    /** The rows of the request. */
    static Dataset<Row> restricted(Dataset<Row> rows, Request request) {
        Column meets = col("series").equalTo(request.series());
        return rows.where(
                request.term().where().isPresent()
                        ? meets.and(parsed(request.term().where().get()))
                        : meets);
    }

    /** @param own numbers of the requests that look at this table */
    static Matching of(Dataset<Row> rows, List<Request> requests, List<Integer> own) {
        Set<String> columns = new HashSet<>(List.of(rows.columns()));
        Map<String, Column> codes = new TreeMap<>();
        Map<String, Column> conditions = new LinkedHashMap<>();
        codes.put("series", col("series"));
        String unit = columns.contains("currency") ? "currency" : "unit";
        if (columns.contains(unit)) {
            codes.put(unit, col(unit));
        }
        Set<String> series = new TreeSet<>();
        for (int i : own) {
            Request request = requests.get(i);
            series.add(request.series());
            request.by().ifPresent(by -> codes.put(by, col(by)));
            request.term()
                    .where()
                    .ifPresent(where -> conditions.computeIfAbsent(where, w -> {
                        Column condition = parsed(w);
                        Set<String> names = SqlNames.of(w);
                        if (CODES.containsAll(names)) {
                            names.forEach(name -> codes.put(name, col(name)));
                            return condition;
                        }
                        String answer = "condition_" + conditions.size();
                        codes.put(answer, coalesce(condition, lit(false)));
                        return col(answer);
                    }));
        }
        Dataset<Row> wanted = rows.where(col("series").isin(series.toArray()));
        List<Row> found = combinations(wanted, codes, conditions, requests, own, unit);
        // what is the same everywhere tells no combination from another
        List<String> telling = new ArrayList<>();
        for (int i = 0; i < codes.size(); i++) {
            int place = i;
            if (found.stream().map(row -> row.getString(place)).distinct().count() > 1) {
                telling.add(List.copyOf(codes.keySet()).get(i));
            }
        }
        for (int salt = 0; salt < SALTS; salt++) {
            Optional<List<Combination>> keyed = keyed(found, codes, telling, overs(requests, own), salt);
            if (keyed.isPresent()) {
                return new Matching(rows.sparkSession(), wanted, key(codes, telling, salt), keyed.get());
            }
        }
        throw new IllegalStateException("no hash tells the combinations of codes apart");
    }

    /** As text, where nothing is a text too. */
    private static Column text(Column code) {
        return coalesce(code.cast("string"), lit(NONE));
    }

    private static Column key(Map<String, Column> codes, List<String> telling, int salt) {
        List<Column> parts = new ArrayList<>(List.of(lit(salt)));
        telling.forEach(name -> parts.add(text(codes.get(name))));
        return xxhash64(parts.toArray(Column[]::new));
    }

    /** The combinations with the hashes that {@link #key} gives their rows; none where two have the same. */
    private static Optional<List<Combination>> keyed(
            List<Row> found, Map<String, Column> codes, List<String> telling, Set<String> overs, int salt) {
        List<String> names = List.copyOf(codes.keySet());
        Set<Long> keys = new HashSet<>();
        List<Combination> combinations = new ArrayList<>();
        for (Row row : found) {
            long key = XxHash64Function.hash(salt, DataTypes.IntegerType, SEED);
            for (String name : telling) {
                UTF8String code = UTF8String.fromString(row.getString(names.indexOf(name)));
                key = XxHash64Function.hash(code, DataTypes.StringType, key);
            }
            if (!keys.add(key)) {
                return Optional.empty();
            }
            Map<String, String> by = new TreeMap<>();
            for (String over : overs) {
                String code = row.getString(names.indexOf(over));
                by.put(over, code.equals(NONE) ? "" : code);
            }
            int behind = names.size();
            combinations.add(new Combination(
                    key,
                    row.isNullAt(behind) ? null : row.getInt(behind),
                    row.isNullAt(behind + 1) ? null : row.getInt(behind + 1),
                    row.getString(behind + 2),
                    row.getList(behind + 3),
                    by));
        }
        return Optional.of(combinations);
    }

    /** Codes as texts, first and last year, unit, and numbers of the requests met. */
    private static List<Row> combinations(
            Dataset<Row> rows,
            Map<String, Column> codes,
            Map<String, Column> conditions,
            List<Request> requests,
            List<Integer> own,
            String unit) {
        List<Column> grouped = new ArrayList<>();
        codes.forEach((name, code) -> grouped.add(code.as(name)));
        List<Column> met = new ArrayList<>();
        for (int i : own) {
            Request request = requests.get(i);
            Column meets = col("series").equalTo(request.series());
            if (request.term().where().isPresent()) {
                meets = meets.and(conditions.get(request.term().where().get()));
            }
            met.add(when(meets, lit(i)));
        }
        List<Column> answer = new ArrayList<>();
        codes.keySet().forEach(name -> answer.add(text(col(name)).as("text_" + name)));
        answer.addAll(List.of(
                col("first"),
                col("last"),
                (codes.containsKey(unit) ? col(unit) : lit("")).as("its_unit"),
                array_compact(array(met.toArray(Column[]::new))).as("met")));
        try {
            return rows.groupBy(grouped.toArray(Column[]::new))
                    .agg(min("year").as("first"), max("year").as("last"))
                    .select(answer.toArray(Column[]::new))
                    .collectAsList();
        } catch (RuntimeException e) {
            throw new DoughnutException(
                    ExitCode.CONFIGURATION,
                    "Cannot compute the terms of the indicators: " + e.getMessage()
                            + ". Correct the condition in conf/indicators.",
                    e);
        }
    }

    private static Set<String> overs(List<Request> requests, List<Integer> own) {
        Set<String> overs = new TreeSet<>();
        own.forEach(i -> requests.get(i).by().ifPresent(overs::add));
        return overs;
    }

    /**
     * Columns {@link #KEY} and cell: a row goes into each cell of its key, one for the terms whose codes do not matter
     * and one for each column of codes.
     *
     * @param own numbers of the requests that look at this table
     * @param cells gets the cells that rows of this table can go into
     */
    Dataset<Row> cells(List<Request> requests, List<Integer> own, List<Terms.Cell> cells) {
        Map<Terms.Cell, Integer> known = new HashMap<>();
        Map<Integer, String> units = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        for (Combination combination : combinations) {
            Map<String, List<Integer>> byOver = new TreeMap<>();
            for (int i : combination.met()) {
                byOver.computeIfAbsent(requests.get(i).by().orElse(""), o -> new ArrayList<>())
                        .add(i);
                oneUnit(requests.get(i), i, combination.unit(), units);
            }
            byOver.forEach((over, members) -> {
                String code = over.isEmpty() ? "" : combination.by().get(over);
                Terms.Cell cell = new Terms.Cell(List.copyOf(members), code);
                int number = known.computeIfAbsent(cell, c -> {
                    cells.add(c);
                    return cells.size() - 1;
                });
                rows.add(RowFactory.create(combination.key(), number));
            });
        }
        return spark.createDataFrame(rows, CELLS);
    }

    private static void oneUnit(Request request, int number, String unit, Map<Integer, String> units) {
        if (unit == null || !request.term().value().equals("value")) {
            return;
        }
        String before = units.putIfAbsent(number, unit);
        if (before != null && !before.equals(unit)) {
            throw new DoughnutException(
                    ExitCode.CONFIGURATION,
                    "Cannot compute a term of the series '" + request.series() + "': the rows where "
                            + request.term().where().orElse("(all)") + " are in " + before + " and in " + unit
                            + ", which cannot be added. Choose one by the term's condition in conf/indicators, or"
                            + " convert them in the sources.");
        }
    }

    /** Number of years from the first to the last row. */
    int years() {
        int first = Integer.MAX_VALUE;
        int last = Integer.MIN_VALUE;
        for (Combination combination : combinations) {
            if (combination.first() != null) {
                first = Math.min(first, combination.first());
                last = Math.max(last, combination.last());
            }
        }
        return Math.max(1, last - first + 1);
    }

    private static Column parsed(String condition) {
        try {
            return expr(condition);
        } catch (RuntimeException e) {
            throw new DoughnutException(
                    ExitCode.CONFIGURATION,
                    "Cannot compute a term: its condition '" + condition
                            + "' is no SQL expression. Correct it in conf/indicators.",
                    e);
        }
    }
}

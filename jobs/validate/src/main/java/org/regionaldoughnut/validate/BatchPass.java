package org.regionaldoughnut.validate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.Distinctness;
import com.amazon.deequ.analyzers.FilterableAnalyzer;
import com.amazon.deequ.analyzers.Preconditions$;
import com.amazon.deequ.analyzers.ScanShareableAnalyzer;
import com.amazon.deequ.analyzers.ScanShareableFrequencyBasedAnalyzer;
import com.amazon.deequ.analyzers.State;
import com.amazon.deequ.analyzers.UniqueValueRatio;
import com.amazon.deequ.analyzers.Uniqueness;
import com.amazon.deequ.metrics.DoubleMetric;
import com.amazon.deequ.metrics.Metric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Option;
import scala.collection.JavaConverters;

/**
 * Deequ's analyzers asked about all batches at once: their own aggregation functions, grouped by the batch. All that
 * scan share one aggregation; those that count values share one grouping for each set of columns. What comes out for a
 * batch are the states and metrics that Deequ computes from the batch alone, so the cost does not grow with the number
 * of batches.
 */
@SuppressWarnings({"rawtypes", "unchecked"})
final class BatchPass {
    /** Aggregation functions in one query: wider ones outgrow what Spark compiles. */
    private static final int CHUNK = 120;

    private final Slices slices;
    private final Set<ScanShareableAnalyzer> scans = new LinkedHashSet<>();
    private final Set<ScanShareableFrequencyBasedAnalyzer> groupings = new LinkedHashSet<>();
    private final Map<Analyzer, Map<Integer, Metric>> metrics = new HashMap<>();
    private final Map<Analyzer, Map<Integer, State>> states = new LinkedHashMap<>();

    BatchPass(Slices slices) {
        this.slices = slices;
    }

    /** Whether the analyzer can be asked about all batches at once. */
    static boolean answers(Analyzer analyzer) {
        return analyzer instanceof ScanShareableAnalyzer
                || analyzer instanceof Uniqueness
                || analyzer instanceof UniqueValueRatio
                || analyzer instanceof Distinctness;
    }

    void need(Analyzer analyzer) {
        if (analyzer instanceof ScanShareableAnalyzer scan) {
            scans.add(scan);
        } else {
            groupings.add((ScanShareableFrequencyBasedAnalyzer) analyzer);
        }
    }

    /** In how many queries {@link #run} will ask. */
    int queries() {
        return chunks(possible(scans)).size() + grouped().size();
    }

    void run() {
        for (List<ScanShareableAnalyzer> chunk : chunks(possible(scans))) {
            scan(chunk);
        }
        grouped().forEach(this::group);
    }

    /** By the columns and condition that they share. */
    private Collection<List<ScanShareableFrequencyBasedAnalyzer>> grouped() {
        Map<List<Object>, List<ScanShareableFrequencyBasedAnalyzer>> byColumns = new LinkedHashMap<>();
        for (ScanShareableFrequencyBasedAnalyzer analyzer : possible(groupings)) {
            List<Object> key = List.of(columns(analyzer), where(analyzer));
            byColumns.computeIfAbsent(key, k -> new ArrayList<>()).add(analyzer);
        }
        return byColumns.values();
    }

    Metric metric(Analyzer analyzer, int slice) {
        Metric metric = metrics.getOrDefault(analyzer, Map.of()).get(slice);
        return metric == null ? analyzer.computeMetricFrom(Option.empty()) : metric;
    }

    /** States of the analyzers that scan, by slice: what is kept so that batches can be merged without reading them. */
    Map<Analyzer, Map<Integer, State>> states() {
        return states;
    }

    /** Analyzers whose columns are there and of the right type; the others have failed. */
    private <A extends Analyzer> List<A> possible(Set<A> analyzers) {
        List<A> possible = new ArrayList<>();
        for (A analyzer : analyzers) {
            Option<Exception> refused =
                    Preconditions$.MODULE$.findFirstFailing(slices.rows().schema(), analyzer.preconditions());
            if (refused.isEmpty()) {
                possible.add(analyzer);
            } else {
                failed(analyzer, refused.get());
            }
        }
        return possible;
    }

    private void failed(Analyzer analyzer, Exception why) {
        Metric failure = analyzer.toFailureMetric(why);
        Map<Integer, Metric> bySlice = metrics.computeIfAbsent(analyzer, a -> new HashMap<>());
        for (int slice = 0; slice < slices.size(); slice++) {
            bySlice.put(slice, failure);
        }
    }

    private static List<List<ScanShareableAnalyzer>> chunks(List<ScanShareableAnalyzer> analyzers) {
        List<List<ScanShareableAnalyzer>> chunks = new ArrayList<>();
        int size = CHUNK;
        for (ScanShareableAnalyzer analyzer : analyzers) {
            if (size >= CHUNK) {
                chunks.add(new ArrayList<>());
                size = 0;
            }
            chunks.get(chunks.size() - 1).add(analyzer);
            size += analyzer.aggregationFunctions().size();
        }
        return chunks;
    }

    /** One aggregation; where Spark refuses it, its halves, so that one bad condition spoils no other rule. */
    private void scan(List<ScanShareableAnalyzer> analyzers) {
        List<Column> functions = new ArrayList<>();
        int[] offsets = new int[analyzers.size()];
        try {
            for (int i = 0; i < analyzers.size(); i++) {
                offsets[i] = functions.size() + 1;
                functions.addAll(JavaConverters.seqAsJavaList(analyzers.get(i).aggregationFunctions()));
            }
            for (Row row : aggregated(slices.rows(), functions)) {
                int slice = row.getInt(0);
                for (int i = 0; i < offsets.length; i++) {
                    keep(analyzers.get(i), slice, analyzers.get(i).fromAggregationResult(row, offsets[i]));
                }
            }
        } catch (Exception e) {
            if (analyzers.size() == 1) {
                failed(analyzers.get(0), e);
            } else {
                int half = analyzers.size() / 2;
                scan(analyzers.subList(0, half));
                scan(analyzers.subList(half, analyzers.size()));
            }
        }
    }

    private void keep(ScanShareableAnalyzer analyzer, int slice, Option<State> state) {
        metrics.computeIfAbsent(analyzer, a -> new HashMap<>()).put(slice, analyzer.computeMetricFrom(state));
        if (state.isDefined()) {
            states.computeIfAbsent(analyzer, a -> new HashMap<>()).put(slice, state.get());
        }
    }

    /** Rows with the slice first; a single slice needs no grouping. */
    private List<Row> aggregated(Dataset<Row> rows, List<Column> functions) {
        if (slices.size() == 1) {
            return rows.agg(lit(0).as(Slices.COLUMN), functions.toArray(Column[]::new))
                    .collectAsList();
        }
        return rows.groupBy(Slices.COLUMN)
                .agg(functions.get(0), functions.subList(1, functions.size()).toArray(Column[]::new))
                .collectAsList();
    }

    /** How often each value occurs in each slice, as Deequ counts: rows of nothing but nulls are left out. */
    private void group(List<ScanShareableFrequencyBasedAnalyzer> analyzers) {
        List<String> columns = columns(analyzers.get(0));
        List<Column> by = new ArrayList<>(List.of(col(Slices.COLUMN)));
        columns.forEach(c -> by.add(col(RowCondition.quoted(c))));
        Column anyKnown = columns.stream()
                .map(c -> col(RowCondition.quoted(c)).isNotNull())
                .reduce(Column::or)
                .orElseThrow();
        try {
            String where = where(analyzers.get(0));
            Dataset<Row> rows = where.isEmpty() ? slices.rows() : slices.rows().where(where);
            Dataset<Row> frequencies = rows.where(anyKnown)
                    .groupBy(by.toArray(Column[]::new))
                    .agg(count(lit(1)).as("_n"));
            List<Row> counted = frequencies
                    .groupBy(Slices.COLUMN)
                    .agg(
                            sum(col("_n").equalTo(lit(1)).cast("double")),
                            count(lit(1)).cast("double"),
                            sum("_n").cast("double"))
                    .collectAsList();
            for (Row row : counted) {
                for (ScanShareableFrequencyBasedAnalyzer analyzer : analyzers) {
                    double value = value(analyzer, row.getDouble(1), row.getDouble(2), row.getDouble(3));
                    DoubleMetric metric = analyzer.toSuccessMetric(value, Option.empty());
                    metrics.computeIfAbsent(analyzer, a -> new HashMap<>()).put(row.getInt(0), metric);
                }
            }
        } catch (Exception e) {
            analyzers.forEach(analyzer -> failed(analyzer, e));
        }
    }

    private static double value(Analyzer analyzer, double once, double distinct, double rows) {
        if (analyzer instanceof Uniqueness) {
            return once / rows;
        }
        return analyzer instanceof UniqueValueRatio ? once / distinct : distinct / rows;
    }

    private static List<String> columns(ScanShareableFrequencyBasedAnalyzer analyzer) {
        return JavaConverters.seqAsJavaList(analyzer.groupingColumns());
    }

    private static String where(Analyzer analyzer) {
        Option<String> where =
                analyzer instanceof FilterableAnalyzer filtered ? filtered.filterCondition() : Option.empty();
        return where.isEmpty() ? "" : where.get();
    }
}

package org.regionaldoughnut.app.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.office.CsvTable;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Source;
import org.regionaldoughnut.report.quality.BadRow;
import org.regionaldoughnut.report.quality.Finding;
import org.regionaldoughnut.report.quality.QualityPages;
import org.regionaldoughnut.report.quality.SourceQuality;

/** What {@code quality.outcomes} and the quarantine say, as findings for people. */
public final class QualityBook {
    private static final int TREND = 20;
    private static final int ROWS_ON_PAGES = 5;
    private static final int READ_AT_MOST = 100_000;
    private static final String NOT_APPLICABLE = "_Z";

    private final Lake lake;
    private final Office office;
    private final Map<String, String> dimensions = new TreeMap<>();

    public QualityBook(Lake lake, Office office) {
        this.lake = lake;
        this.office = office;
        CsvTable.read(office.codelistFile("quality-dimensions"), "dimension", "title", "ess")
                .rows()
                .forEach(row -> dimensions.put(row.get("dimension"), row.get("title") + " (" + row.get("ess") + ")"));
    }

    private record Judged(String run, String source, String batch, String rule, Instant at, Row row) {}

    /** The newest judgement of every source of the office and of what is published from them. */
    public List<SourceQuality> newest(int rows) {
        List<Judged> all = all();
        Map<String, String> lastRun = new HashMap<>();
        all.forEach(judged -> lastRun.put(judged.source(), judged.run()));
        List<SourceQuality> sources = bySource(all, rows, judged -> judged.run().equals(lastRun.get(judged.source())));
        Map<String, SourceQuality> known =
                sources.stream().collect(Collectors.toMap(SourceQuality::id, s -> s, (a, b) -> a, LinkedHashMap::new));
        office.sources().values().forEach(source -> known.putIfAbsent(source.id(), described(source.id(), List.of())));
        return known.values().stream()
                .sorted(Comparator.comparing(SourceQuality::title).thenComparing(SourceQuality::id))
                .toList();
    }

    /** What one run judged; none where it judged nothing. */
    public List<SourceQuality> ofRun(String run, int rows) {
        return bySource(all(), rows, judged -> judged.run().equals(run));
    }

    /** Writes the pages below the storage's folder {@code quality}; the run gets a page of its own. */
    public Path write(Path storage, Optional<String> run) {
        Path folder = storage.resolve("quality");
        new QualityPages()
                .write(
                        folder,
                        office.title(),
                        newest(ROWS_ON_PAGES),
                        run.map(id -> Map.entry(id, ofRun(id, ROWS_ON_PAGES))));
        return folder;
    }

    /** Every outcome, oldest first. */
    private List<Judged> all() {
        Optional<Dataset<Row>> outcomes = lake.read(QualityTables.OUTCOMES);
        if (outcomes.isEmpty()) {
            return List.of();
        }
        return outcomes.get().orderBy(col("evaluated").desc()).limit(READ_AT_MOST).collectAsList().stream()
                .map(row -> new Judged(
                        row.getAs("run"),
                        row.getAs("source"),
                        row.getAs("batch"),
                        row.getAs("rule_id"),
                        row.<Timestamp>getAs("evaluated").toInstant(),
                        row))
                .sorted(Comparator.comparing(Judged::at))
                .toList();
    }

    private List<SourceQuality> bySource(List<Judged> all, int rows, java.util.function.Predicate<Judged> wanted) {
        Map<List<String>, List<Double>> trends = new HashMap<>();
        Map<String, List<Judged>> chosen = new TreeMap<>();
        for (Judged judged : all) {
            Double observed = judged.row().getAs("observed");
            trends.computeIfAbsent(List.of(judged.source(), judged.rule()), k -> new ArrayList<>())
                    .add(observed == null ? Double.NaN : observed);
            if (wanted.test(judged)) {
                chosen.computeIfAbsent(judged.source(), s -> new ArrayList<>()).add(judged);
            }
        }
        List<SourceQuality> sources = new ArrayList<>();
        chosen.forEach((source, outcomes) -> {
            Map<List<String>, List<BadRow>> bad = badRows(source, outcomes, rows);
            sources.add(described(
                    source,
                    outcomes.stream()
                            .map(judged -> finding(
                                    judged,
                                    last(trends.get(List.of(source, judged.rule()))),
                                    bad.getOrDefault(
                                            List.of(judged.batch(), judged.row().getAs("rule")), List.of())))
                            .toList()));
        });
        return sources;
    }

    private static List<Double> last(List<Double> trend) {
        return trend.subList(Math.max(0, trend.size() - TREND), trend.size());
    }

    private SourceQuality described(String id, List<Finding> findings) {
        Source source = office.sources().get(id);
        if (source != null) {
            return new SourceQuality(id, source.title(), source.publisher(), findings);
        }
        return id.equals(NOT_APPLICABLE)
                ? new SourceQuality(id, "Control totals of harmonised tables", office.title(), findings)
                : new SourceQuality(id, "What is published: " + id, office.title(), findings);
    }

    private Finding finding(Judged judged, List<Double> trend, List<BadRow> rows) {
        Row row = judged.row();
        return new Finding(
                judged.run(),
                judged.source(),
                judged.batch(),
                judged.rule(),
                row.getAs("rule"),
                row.getAs("severity"),
                text(row, "action"),
                dimensions.getOrDefault(text(row, "dimension"), text(row, "dimension")),
                row.getAs("outcome"),
                Optional.ofNullable(row.getAs("observed")),
                text(row, "expected"),
                text(row, "message"),
                row.<Long>getAs("failing_rows"),
                text(row, "why"),
                text(row, "owner").isEmpty() ? "not named" : text(row, "owner"),
                Optional.of(text(row, "waiver")).filter(words -> !words.isEmpty()),
                DateTimeFormatter.ISO_INSTANT.format(judged.at()),
                trend.stream().filter(Objects::nonNull).toList(),
                rows);
    }

    private static String text(Row row, String column) {
        boolean there = List.of(row.schema().fieldNames()).contains(column);
        return there && row.getAs(column) != null ? row.getAs(column) : "";
    }

    /** The first rows each rule names, by batch and rule. */
    private Map<List<String>, List<BadRow>> badRows(String source, List<Judged> outcomes, int rows) {
        Map<List<String>, List<BadRow>> bad = new HashMap<>();
        boolean any = outcomes.stream().anyMatch(o -> o.row().<Long>getAs("failing_rows") > 0);
        Optional<Dataset<Row>> quarantine = any && rows > 0 ? lake.read(Table.quarantine(source)) : Optional.empty();
        if (quarantine.isEmpty()) {
            return bad;
        }
        Object[] batches = new TreeSet<>(outcomes.stream().map(Judged::batch).toList()).toArray();
        quarantine
                .get()
                .where(col("stage").equalTo("rule").and(col("batch").isin(batches)))
                .withColumn(
                        "_n",
                        row_number()
                                .over(Window.partitionBy("batch", "rule").orderBy("file", "line", "cell", "message")))
                .where(col("_n").leq(rows))
                .orderBy("batch", "rule", "_n")
                .collectAsList()
                .forEach(row -> bad.computeIfAbsent(
                                List.of(row.getAs("batch"), row.getAs("rule")), k -> new ArrayList<>())
                        .add(new BadRow(
                                text(row, "file"),
                                row.getAs("line") == null ? 0 : row.<Long>getAs("line"),
                                row.getAs("cell") == null ? 0 : row.<Integer>getAs("cell"),
                                text(row, "received"),
                                text(row, "action"),
                                text(row, "message"))));
        return bad;
    }
}

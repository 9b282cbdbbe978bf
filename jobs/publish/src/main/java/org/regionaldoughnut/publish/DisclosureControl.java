package org.regionaldoughnut.publish;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.Term;
import org.regionaldoughnut.office.Office;

/**
 * Decides which figures may not leave the house: those marked as confidential where they came from, those unsafe by the
 * office's rules, and as many more as it takes that none of them can be computed from what is released, from earlier
 * releases, or through another indicator that shows the same amount.
 */
final class DisclosureControl {
    private static final StructType KEYS = StructType.fromDDL(
            "indicator string, breakdown string, region string, period string, suppressed_as string");

    private final Office office;
    private final Dataset<Row> indicators;
    private final Dataset<Row> regions;
    private final List<Path> earlier;

    /**
     * @param indicators all rows of statistics.indicators
     * @param regions codes and parents
     * @param earlier folders of the releases everyone has
     */
    DisclosureControl(Office office, Dataset<Row> indicators, Dataset<Row> regions, List<Path> earlier) {
        this.office = office;
        this.indicators = indicators;
        this.regions = regions;
        this.earlier = List.copyOf(earlier);
    }

    /**
     * @param cells suppressed cells and their status
     * @param report what was done, for release.json
     */
    record Result(Map<Cell, String> cells, ObjectNode report) {
        /** The table with the status of each suppressed figure. */
        Dataset<Row> onIndicators(Dataset<Row> rows) {
            return marked(rows, List.of("indicator", "breakdown", "region", "period"));
        }

        /** The table with the status of each suppressed figure, in each row that uses it and each median over it. */
        Dataset<Row> onDoughnut(Dataset<Row> rows, Dataset<Row> indicators) {
            if (cells.isEmpty()) {
                return rows;
            }
            Dataset<Row> years = keys(rows)
                    .join(
                            indicators.select("indicator", "breakdown", "region", "period", "reference_year"),
                            scala(List.of("indicator", "breakdown", "region", "period")))
                    .drop("period")
                    .dropDuplicates("indicator", "breakdown", "region", "reference_year");
            Dataset<Row> figures =
                    withStatus(rows, years, List.of("indicator", "breakdown", "region", "reference_year"));
            Dataset<Row> rings = figures.where(col("in_median")
                            .and(coalesce(col(Suppressed.STATUS), lit("F")).notEqual(lit("F"))))
                    .select("framework", "boundary_set", "ring", "region", "year")
                    .distinct()
                    .withColumn("suppressed_as", lit(Suppressed.SECONDARY))
                    .withColumn("indicator", lit(Cell.TOTAL));
            return withStatus(
                    figures, rings, List.of("framework", "boundary_set", "ring", "region", "year", "indicator"));
        }

        /** Without the rows over years of which one is suppressed: the others and the slope would tell it. */
        Dataset<Row> onTrends(Dataset<Row> rows) {
            return cells.isEmpty()
                    ? rows
                    : rows.join(
                            broadcast(keys(rows).select("indicator", "region").distinct()),
                            scala(List.of("indicator", "region")),
                            "left_anti");
        }

        private Dataset<Row> marked(Dataset<Row> rows, List<String> by) {
            return cells.isEmpty() ? rows : withStatus(rows, keys(rows), by);
        }

        private Dataset<Row> keys(Dataset<Row> like) {
            List<Row> keys = new ArrayList<>();
            cells.forEach((cell, status) -> keys.add(
                    RowFactory.create(cell.indicator(), cell.breakdown(), cell.region(), cell.period(), status)));
            return like.sparkSession().createDataFrame(keys, KEYS);
        }

        private static Dataset<Row> withStatus(Dataset<Row> rows, Dataset<Row> keys, List<String> by) {
            Column status = coalesce(col("suppressed_as"), col(Suppressed.STATUS));
            return rows.join(broadcast(keys), scala(by), "left")
                    .select(Arrays.stream(rows.columns())
                            .map(name -> name.equals(Suppressed.STATUS) ? status.as(name) : col(name))
                            .toArray(Column[]::new));
        }

        private static scala.collection.Seq<String> scala(List<String> names) {
            return scala.collection.JavaConverters.asScalaBuffer(new ArrayList<>(names))
                    .toSeq();
        }
    }

    Result run() {
        PrimarySuppression rules = new PrimarySuppression(office, indicators);
        Map<Cell, String> unsafe = new LinkedHashMap<>(rules.unsafe());
        Set<Cell> unknown = new LinkedHashSet<>();
        // written so that Parquet's dictionaries can answer it for a file without such figures
        figures(col(Suppressed.STATUS).notEqual(lit("F")).or(col("obs_status").equalTo(lit("Q"))))
                .forEach(figure -> {
                    if (figure.isMarked()) {
                        unsafe.putIfAbsent(figure.cell(), figure.confStatus());
                    } else if (figure.isUnknown()) {
                        unknown.add(figure.cell());
                    }
                });
        Map<Cell, String> suppressed = new LinkedHashMap<>(unsafe);
        List<String> exposed = new ArrayList<>();
        int further = 0;
        int audited = 0;
        if (!unsafe.isEmpty() || !unknown.isEmpty()) {
            Map<String, List<CellFigure>> groups = related(unsafe.keySet(), unknown);
            Map<Cell, Double> known = released();
            Map<String, String> parents = parents();
            for (List<CellFigure> figures : groups.values()) {
                CellGroup group = new CellGroup(figures, parents, known, rollsUp(figures));
                SecondarySuppression.Pattern pattern = group.protect(
                        unsafe.keySet(),
                        unknown,
                        office.publication().disclosure().protectionPercent());
                for (Cell cell : group.cells(pattern.suppressed())) {
                    if (!unknown.contains(cell) && suppressed.putIfAbsent(cell, Suppressed.SECONDARY) == null) {
                        further++;
                    }
                }
                group.cells(pattern.open()).forEach(cell -> exposed.add(cell.toString()));
                audited += pattern.suppressed().cardinality();
            }
            further += others(suppressed, groups);
        }
        return new Result(suppressed, report(rules, unsafe.size(), unknown.size(), further, audited, exposed));
    }

    private List<CellFigure> figures(Column where) {
        return indicators.where(where).selectExpr(CellFigure.COLUMNS).collectAsList().stream()
                .map(CellFigure::of)
                .toList();
    }

    /** All figures of the indicators and periods that have an unsafe one, and of indicators that share a term. */
    private Map<String, List<CellFigure>> related(Set<Cell> unsafe, Set<Cell> unknown) {
        Set<String> ids = new TreeSet<>();
        Set<String> periods = new TreeSet<>();
        for (Set<Cell> cells : List.of(unsafe, unknown)) {
            cells.forEach(cell -> {
                ids.add(cell.indicator());
                periods.add(cell.period());
            });
        }
        Set<Term> terms = new LinkedHashSet<>();
        ids.forEach(id -> terms.addAll(termsOf(id)));
        for (Indicator indicator : office.catalogue().indicators().values()) {
            if (indicator.terms().values().stream().anyMatch(terms::contains)) {
                ids.add(indicator.id());
            }
        }
        Map<String, List<CellFigure>> groups = new TreeMap<>();
        for (CellFigure figure :
                figures(col("indicator").isin(ids.toArray()).and(col("period").isin(periods.toArray())))) {
            groups.computeIfAbsent(
                            figure.cell().indicator() + "\n" + figure.cell().period(), k -> new ArrayList<>())
                    .add(figure);
        }
        return groups;
    }

    private Set<Term> termsOf(String id) {
        Indicator indicator = office.catalogue().indicators().get(id);
        return indicator == null
                ? Set.of()
                : new LinkedHashSet<>(indicator.terms().values());
    }

    private boolean rollsUp(List<CellFigure> figures) {
        Indicator indicator =
                office.catalogue().indicators().get(figures.get(0).cell().indicator());
        return indicator != null && indicator.rollUp() != Indicator.RollUp.NONE;
    }

    /** Figures of other indicators that show the amount of a suppressed one in the same place. */
    private int others(Map<Cell, String> suppressed, Map<String, List<CellFigure>> groups) {
        Map<Cell, CellFigure> all = new HashMap<>();
        groups.values().forEach(figures -> figures.forEach(figure -> all.put(figure.cell(), figure)));
        int further = 0;
        for (Cell cell : List.copyOf(suppressed.keySet())) {
            CellFigure secret = all.get(cell);
            if (secret == null || Double.isNaN(secret.amount())) {
                continue;
            }
            Set<Term> terms = termsOf(cell.indicator());
            for (String other : office.catalogue().indicators().keySet()) {
                CellFigure figure = all.get(cell.of(other));
                boolean shares = figure != null && termsOf(other).stream().anyMatch(terms::contains);
                if (shares
                        && figure.shows(secret.amount())
                        && suppressed.putIfAbsent(figure.cell(), Suppressed.SECONDARY) == null) {
                    further++;
                }
            }
        }
        return further;
    }

    /** Amounts that earlier releases have made known. */
    private Map<Cell, Double> released() {
        Map<Cell, Double> known = new HashMap<>();
        for (Path release : earlier) {
            for (String table : List.of("indicators", "indicators_breakdown")) {
                Path folder = release.resolve("parquet").resolve(table);
                if (Files.isDirectory(folder)) {
                    indicators
                            .sparkSession()
                            .read()
                            .parquet(folder.toString())
                            .where(col("value").isNotNull())
                            .selectExpr(CellFigure.COLUMNS)
                            .collectAsList()
                            .forEach(row -> {
                                CellFigure figure = CellFigure.of(row);
                                known.put(figure.cell(), figure.amount());
                            });
                }
            }
        }
        return known;
    }

    private Map<String, String> parents() {
        Map<String, String> parents = new HashMap<>();
        regions.select("code", "parent")
                .where(col("parent").isNotNull())
                .collectAsList()
                .forEach(row -> parents.put(row.getString(0), row.getString(1)));
        return parents;
    }

    private ObjectNode report(
            PrimarySuppression rules, int unsafe, int unknown, int further, int audited, List<String> exposed) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        ObjectNode asked = report.putObject("rules");
        if (rules.findings().isEmpty()) {
            report.put(
                    "primary",
                    "not applicable: the office declares no rules; figures marked as confidential by their source are"
                            + " suppressed");
        }
        rules.findings().forEach(asked::put);
        report.put("suppressed_by_rule_or_source", unsafe);
        report.put("suppressed_at_source_without_figure", unknown);
        report.put("suppressed_to_protect_others", further);
        report.put("audited_by_linear_programming", audited);
        report.put("protection_percent", office.publication().disclosure().protectionPercent());
        ArrayNode open = report.putArray("already_known_from_earlier_releases_or_published_totals");
        exposed.forEach(open::add);
        return report;
    }
}

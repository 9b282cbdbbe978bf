package org.regionaldoughnut.indicators;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.TableOption;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.office.Catalogue;
import org.regionaldoughnut.office.Office;

/** Computes the catalogue of an office: {@code statistics.indicators} and {@code statistics.doughnut}. */
public final class Indicators {
    public static final Table INDICATORS = new Table("statistics", "indicators");
    public static final Table DOUGHNUT = new Table("statistics", "doughnut");

    private final Lake lake;
    private final Office office;
    private final RegionTree tree;
    private final Instant asOf;

    /** @param asOf figures as they were known then; {@link Instant#MAX} for the current ones */
    public Indicators(Lake lake, Office office, RegionTree tree, Instant asOf) {
        this.lake = lake;
        this.office = office;
        this.tree = tree;
        this.asOf = asOf;
    }

    /**
     * @param terms aggregates that the catalogue asks for
     * @param values rows of statistics.indicators
     * @param places rows of statistics.doughnut
     */
    public record Result(int terms, long values, long places, long deltaVersion) {}

    /** Computes all and replaces both tables. */
    public Result compute(String run, Write write) {
        Catalogue catalogue = office.catalogue();
        Values values = new Values(lake, office, tree, asOf);
        Dataset<Row> computed = values.compute(values.people(), Optional.empty(), run);
        write(INDICATORS, computed, write);
        List<Estimate> estimates = lake.read(INDICATORS).orElseThrow().collectAsList().stream()
                .map(StatisticsTables::estimate)
                .toList();
        List<Doughnuts.Place> places = new Doughnuts(catalogue.in(office.frameworks()), tree)
                .place(estimates, catalogue.boundarySets().get(office.boundarySet()), office.years(), office.levels());
        write(
                DOUGHNUT,
                rows(
                        places.stream()
                                .map(place -> StatisticsTables.row(place, run))
                                .toList(),
                        StatisticsTables.DOUGHNUT),
                write);
        return new Result(values.requests().size(), estimates.size(), places.size(), lake.version(INDICATORS));
    }

    private Dataset<Row> rows(List<Row> rows, StructType schema) {
        return lake.spark().createDataFrame(rows, schema).coalesce(1);
    }

    private void write(Table table, Dataset<Row> rows, Write write) {
        lake.replace(
                table,
                rows,
                null,
                write,
                TableOption.partitionedBy("year"),
                TableOption.statisticsOn("indicator", "region", "period"));
    }
}

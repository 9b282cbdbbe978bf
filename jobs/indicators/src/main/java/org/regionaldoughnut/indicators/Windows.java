package org.regionaldoughnut.indicators;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.model.Form;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.office.StatisticsRules;

/** Rows of {@code statistics.windows}: the mean of the ratio over the years of a window that have one. */
final class Windows {
    static final StructType TABLE = new StructType()
            .add("framework", DataTypes.StringType)
            .add("boundary_set", DataTypes.StringType)
            .add("lens", DataTypes.StringType)
            .add("ring", DataTypes.StringType)
            .add("dimension", DataTypes.StringType)
            .add("indicator", DataTypes.StringType)
            .add("region", DataTypes.StringType)
            .add("window", DataTypes.StringType)
            .add("from_year", DataTypes.IntegerType)
            .add("to_year", DataTypes.IntegerType)
            .add("ratio", DataTypes.DoubleType)
            .add("gap_percent", DataTypes.DoubleType)
            .add("n", DataTypes.IntegerType)
            .add("n_imputed", DataTypes.IntegerType)
            .add("run", DataTypes.StringType);

    private Windows() {}

    static List<Row> rows(
            Percentages percentages,
            List<Percentages.Judged> judged,
            List<Region> regions,
            List<StatisticsRules.Window> windows,
            String run) {
        List<Row> rows = new ArrayList<>();
        if (windows.isEmpty()) {
            return rows;
        }
        for (Percentages.Judged slot : judged) {
            for (Region region : regions) {
                var points = percentages.of(slot, region.code());
                for (StatisticsRules.Window window : windows) {
                    Collection<Percentages.Point> inside = points.subMap(window.from(), true, window.to(), true)
                            .values();
                    if (inside.isEmpty()) {
                        continue;
                    }
                    double ratio = inside.stream()
                            .mapToDouble(point -> point.reading().ratio().orElseThrow())
                            .average()
                            .orElseThrow();
                    rows.add(RowFactory.create(
                            slot.framework().id(),
                            slot.gauge().set().id(),
                            slot.indicator().lens(),
                            slot.slot().ring(),
                            slot.slot().dimension(),
                            slot.indicator().id(),
                            region.code(),
                            window.id(),
                            window.from(),
                            window.to(),
                            ratio,
                            gapPercent(slot.indicator().form(), ratio),
                            inside.size(),
                            (int) inside.stream()
                                    .filter(point -> !point.observed())
                                    .count(),
                            run));
                }
            }
        }
        return rows;
    }

    /** A ceiling is overshot above 1, a floor is missed below 1. */
    private static double gapPercent(Form form, double ratio) {
        return (form == Form.CEILING ? ratio - 1 : 1 - ratio) * 100;
    }
}

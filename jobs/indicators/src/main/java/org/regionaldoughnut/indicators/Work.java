package org.regionaldoughnut.indicators;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;

/**
 * Turns aggregated rows into estimates, unit by unit, on the workers: rows of {@link Terms} with a column {@code unit}
 * become rows of {@code statistics.indicators}. The unit of a year is its number; that of one indicator is its id.
 */
final class Work implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final Portable<Given> given;

    /** All a unit has to know beside its rows. */
    record Given(
            Plan plan,
            List<String> ofYears,
            List<Region> regions,
            People people,
            Estimator.Conventions conventions,
            List<Request> requests,
            List<Terms.Cell> cells,
            Map<String, Integer> values,
            String run) {}

    Work(Given given) {
        this.given = Portable.of(given);
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        Given all = given.get();
        RegionTree tree = new RegionTree(all.regions());
        Terms.Decoder decoder = new Terms.Decoder(all.requests(), all.cells(), all.values());
        Map<String, Measures> units = new TreeMap<>();
        while (rows.hasNext()) {
            Row row = rows.next();
            String unit = row.getString(row.size() - 1);
            decoder.decode(row, units.computeIfAbsent(unit, u -> new Measures(all.requests())));
        }
        Iterator<Map.Entry<String, Measures>> each = units.entrySet().iterator();
        return new Iterator<>() {
            private Iterator<Row> current = List.<Row>of().iterator();

            @Override
            public boolean hasNext() {
                while (!current.hasNext() && each.hasNext()) {
                    Map.Entry<String, Measures> entry = each.next();
                    current = estimates(all, tree, entry.getKey(), entry.getValue());
                    each.remove();
                }
                return current.hasNext();
            }

            @Override
            public Row next() {
                return current.next();
            }
        };
    }

    private static Iterator<Row> estimates(Given all, RegionTree tree, String name, Measures measures) {
        Unit unit = new Unit(all.plan(), tree, all.people(), all.conventions(), measures);
        List<String> own = all.plan().indicators().containsKey(name) ? List.of(name) : all.ofYears();
        List<Row> rows = new ArrayList<>();
        for (String indicator : own) {
            String its = all.plan().indicators().get(indicator).unit();
            unit.estimate(indicator).forEach(estimate -> rows.add(StatisticsTables.row(estimate, its, all.run())));
        }
        return rows.iterator();
    }
}

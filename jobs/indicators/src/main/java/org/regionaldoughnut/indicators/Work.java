package org.regionaldoughnut.indicators;

import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;

/**
 * Turns aggregated rows into estimates, unit by unit, on the workers: rows of {@link Terms} with a last column {@code
 * unit}, in its order, become rows of {@code statistics.indicators}. The unit of a year is its number; that of one indicator is its id.
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
        return new Estimates(all, new RegionTree(all.regions()), rows);
    }

    /**
     * One unit after the other, and of each one indicator after the other, so that little is kept in memory. The rows of a
     * unit are in the order of the table's key, so that a release, which is sorted, finds them in order.
     */
    private static final class Estimates implements Iterator<Row> {
        private static final Comparator<Estimate> BY_KEY = Comparator.comparing(Estimate::breakdown)
                .thenComparing(Estimate::region)
                .thenComparing(Estimate::period);

        private final Given all;
        private final RegionTree tree;
        private final Terms.Decoder decoder;
        private final Iterator<Row> rows;
        private Optional<Row> ahead;
        private Optional<Unit> unit = Optional.empty();
        private Iterator<String> indicators = Collections.emptyIterator();
        private Iterator<Row> current = Collections.emptyIterator();

        Estimates(Given all, RegionTree tree, Iterator<Row> rows) {
            this.all = all;
            this.tree = tree;
            this.decoder = new Terms.Decoder(all.requests(), all.cells(), all.values());
            this.rows = rows;
            this.ahead = read();
        }

        private Optional<Row> read() {
            return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
        }

        private static String unitOf(Row row) {
            return row.getString(row.size() - 1);
        }

        @Override
        public boolean hasNext() {
            while (!current.hasNext()) {
                if (indicators.hasNext()) {
                    String id = indicators.next();
                    String its = all.plan().indicators().get(id).unit();
                    current = unit.orElseThrow().estimate(id).stream()
                            .sorted(BY_KEY)
                            .map(estimate -> StatisticsTables.row(estimate, its, all.run()))
                            .iterator();
                } else if (ahead.isPresent()) {
                    open();
                } else {
                    return false;
                }
            }
            return true;
        }

        private void open() {
            String name = unitOf(ahead.orElseThrow());
            // what was measured for the unit before is let go of first
            unit = Optional.empty();
            Measures measures = new Measures(all.requests());
            while (ahead.filter(row -> unitOf(row).equals(name)).isPresent()) {
                decoder.decode(ahead.get(), measures);
                ahead = read();
            }
            unit = Optional.of(new Unit(all.plan(), tree, all.people(), all.conventions(), measures));
            indicators = (all.plan().indicators().containsKey(name) ? List.of(name) : all.ofYears()).iterator();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return current.next();
        }
    }
}

package org.regionaldoughnut.indicators;

import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;
import scala.Tuple2;

/**
 * Turns what was added up into estimates, unit by unit, on the workers: bundles in order of their units become rows of
 * {@code statistics.indicators}. Units are numbered by {@link Dispatch}.
 */
final class Work implements FlatMapFunction<Iterator<Tuple2<Integer, byte[]>>, InternalRow> {
    private static final long serialVersionUID = 1L;

    private final Portable<Given> given;
    private final Dispatch dispatch;

    /**
     * All a unit has to know beside its rows.
     *
     * @param ofYears by slice of a year: its indicators
     * @param values by part of the rows: its value expressions
     */
    record Given(
            Plan plan,
            List<List<String>> ofYears,
            List<String> acrossYears,
            List<Region> regions,
            People people,
            Estimator.Conventions conventions,
            List<Request> requests,
            List<List<String>> values,
            String run) {}

    Work(Given given, Dispatch dispatch) {
        this.given = Portable.of(given);
        this.dispatch = dispatch;
    }

    @Override
    public Iterator<InternalRow> call(Iterator<Tuple2<Integer, byte[]>> bundles) {
        Given all = given.get();
        return new Estimates(all, dispatch, new RegionTree(all.regions()), bundles);
    }

    /**
     * One unit after the other, and of each one indicator after the other, so that little is kept in memory. The rows of a
     * unit are in the order of the table's key, so that a release, which is sorted, finds them in order.
     */
    private static final class Estimates implements Iterator<InternalRow> {
        private static final Comparator<Estimate> BY_KEY = Comparator.comparing(Estimate::breakdown)
                .thenComparing(Estimate::region)
                .thenComparing(Estimate::period);

        private final Given all;
        private final Dispatch dispatch;
        private final RegionTree tree;
        private final Decoder decoder;
        private final Iterator<Tuple2<Integer, byte[]>> bundles;
        private final StatisticsTables.Estimated written;
        private Optional<Tuple2<Integer, byte[]>> ahead;
        private Optional<Unit> unit = Optional.empty();
        private Iterator<String> indicators = Collections.emptyIterator();
        private Iterator<InternalRow> current = Collections.emptyIterator();

        Estimates(Given all, Dispatch dispatch, RegionTree tree, Iterator<Tuple2<Integer, byte[]>> bundles) {
            this.all = all;
            this.dispatch = dispatch;
            this.tree = tree;
            this.decoder = new Decoder(all.requests(), all.values());
            this.bundles = bundles;
            this.written = new StatisticsTables.Estimated(all.run());
            this.ahead = read();
            Denominations denominations = new Denominations(all.requests());
            while (ahead.isPresent() && Dispatch.isDenominations(ahead.get()._1())) {
                denominations.add(ahead.get()._2());
                ahead = read();
            }
        }

        private Optional<Tuple2<Integer, byte[]>> read() {
            return bundles.hasNext() ? Optional.of(bundles.next()) : Optional.empty();
        }

        @Override
        public boolean hasNext() {
            while (!current.hasNext()) {
                if (indicators.hasNext()) {
                    String id = indicators.next();
                    String its = all.plan().indicators().get(id).unit();
                    current = unit.orElseThrow().estimate(id).stream()
                            .sorted(BY_KEY)
                            .map(estimate -> written.row(estimate, its))
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
            int number = ahead.orElseThrow()._1();
            // what was measured for the unit before is let go of first
            unit = Optional.empty();
            unit = Optional.of(new Unit(all.plan(), tree, all.people(), all.conventions(), measured(number)));
            indicators = (number < 0
                            ? List.of(all.acrossYears().get(-number - 1))
                            : all.ofYears().get(dispatch.slice(number)))
                    .iterator();
        }

        private Measures measured(int number) {
            Decoder.Opened opened = decoder.open();
            while (ahead.filter(bundle -> bundle._1() == number).isPresent()) {
                opened.add(ahead.get()._2());
                ahead = read();
            }
            Measures measures = new Measures(all.requests());
            opened.decode(measures);
            return measures;
        }

        @Override
        public InternalRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return current.next();
        }
    }
}

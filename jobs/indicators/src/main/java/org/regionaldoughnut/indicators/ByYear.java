package org.regionaldoughnut.indicators;

import java.util.List;
import java.util.Optional;

/** Adds up rows that come year after year, as they lie in a table that is partitioned by year. */
final class ByYear {
    private final Feed rows;
    private final Tally tally;
    private final Waiting waiting;
    private boolean ahead;

    /** @param values number of value expressions */
    ByYear(Feed rows, int values) {
        this.rows = rows;
        this.tally = new Tally(values);
        this.waiting = new Waiting(tally, values);
        this.ahead = rows.next();
    }

    /** The year that comes next. */
    Optional<Integer> year() {
        return ahead ? Optional.of(rows.year()) : Optional.empty();
    }

    /** All rows of this year; what was given before is not valid any more. */
    Added next() {
        int year = rows.year();
        tally.clear();
        while (ahead && rows.year() == year) {
            for (int cell : rows.cells()) {
                rows.addTo(waiting, cell);
            }
            ahead = rows.next();
        }
        waiting.enter();
        return new Added() {
            @Override
            public Tally tally() {
                return tally;
            }

            @Override
            public List<Terms.Cell> cells() {
                return rows.allCells();
            }

            @Override
            public List<String> regions() {
                return rows.regions();
            }

            @Override
            public List<String> periods() {
                return rows.periods();
            }
        };
    }
}

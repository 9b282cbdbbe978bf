package org.regionaldoughnut.indicators;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.regionaldoughnut.model.Method;
import org.regionaldoughnut.model.Term;
import org.regionaldoughnut.office.Office;

/**
 * A term as it is asked for: what it sums, of which series, and the column whose codes are kept apart.
 *
 * @param apart whether the codes are figures of their own (a breakdown) rather than parts of one figure
 */
record Request(Term term, String series, Optional<String> by, boolean apart) {
    private static final String BREAKDOWN = "breakdown";

    Request {
        Objects.requireNonNull(term);
        Objects.requireNonNull(series);
    }

    static Request of(Term term, String series, Optional<String> over) {
        return new Request(term, series, over, false);
    }

    /** The number of people. */
    static Request of(Office.Population people) {
        Term term = new Term(
                people.table(),
                List.of(people.series()),
                people.where(),
                Term.Aggregate.SUM,
                "value",
                Optional.empty(),
                Optional.empty());
        return of(term, people.series(), Optional.empty());
    }

    /** One term of a breakdown. Of census figures only rows that are broken down by just its dimensions count. */
    static Request part(Term term, String series, Method.Breakdown breakdown, Method.Part part) {
        String where = "(" + part.where() + ")";
        if (part.by().equals(BREAKDOWN)) {
            where += " and breakdown rlike '^" + breakdown.dimension().replace(";", "=[^;]+;") + "=[^;]+$'";
        }
        Term own = new Term(
                term.table(),
                term.series(),
                Optional.of(where),
                term.aggregate(),
                term.value(),
                term.per(),
                term.count(),
                term.indicator(),
                term.unit());
        return new Request(own, series, Optional.of(part.by()), true);
    }
}

package org.regionaldoughnut.app.catalogue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.Term;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Source;

/** Which sources of an office feed an indicator. */
final class Feeding {
    static final String NONE = "none: ";
    private final Office office;
    private final Map<String, Source> bySeries = new TreeMap<>();

    Feeding(Office office) {
        this.office = office;
        office.sources().values().forEach(source -> source.allSeries().forEach(series -> bySeries.put(series, source)));
    }

    /** The source a term takes its rows from. */
    Optional<Source> of(Term term) {
        return series(term).map(bySeries::get);
    }

    /** The first of the term's series that the office has. */
    Optional<String> series(Term term) {
        return term.series().stream().filter(bySeries::containsKey).findFirst();
    }

    /** Ids of the sources, or what the office lacks. */
    String of(Indicator indicator) {
        Set<String> sources = new LinkedHashSet<>();
        for (Term term : indicator.terms().values()) {
            if (term.indicator().isPresent()) {
                String other = of(office.catalogue().indicator(term.indicator().get()));
                if (other.startsWith(NONE)) {
                    return other;
                }
                sources.addAll(List.of(other.split(" ")));
                continue;
            }
            Optional<Source> source = of(term);
            if (source.isEmpty()) {
                return NONE + "no series " + String.join(" or ", term.series());
            }
            sources.add(source.get().id());
        }
        return String.join(" ", sources);
    }
}

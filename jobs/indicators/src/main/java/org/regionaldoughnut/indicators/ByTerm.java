package org.regionaldoughnut.indicators;

import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** Measures of the few terms of one indicator, in their order; there is one for each region, year and indicator. */
final class ByTerm extends AbstractMap<String, Measure> {
    private final String[] terms;
    private final Measure[] measures;
    private int size;

    /** @param terms all there may be; the array is shared */
    ByTerm(String[] terms) {
        this.terms = terms;
        this.measures = new Measure[terms.length];
    }

    /** The measure of the term at this place; null where there is none. */
    Measure at(int place) {
        return measures[place];
    }

    void set(int place, Measure measure) {
        if (measures[place] == null) {
            size++;
        }
        measures[place] = measure;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Measure get(Object term) {
        for (int place = 0; place < terms.length; place++) {
            if (terms[place].equals(term)) {
                return measures[place];
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(Object term) {
        return get(term) != null;
    }

    @Override
    public Set<Map.Entry<String, Measure>> entrySet() {
        return new MeasureEntries(Arrays.asList(terms), measures, size);
    }
}

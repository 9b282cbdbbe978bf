package org.regionaldoughnut.indicators;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
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
        return new AbstractSet<>() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public Iterator<Map.Entry<String, Measure>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<String, Measure>> {
        private int next = -1;

        Entries() {
            advance();
        }

        private void advance() {
            do {
                next++;
            } while (next < measures.length && measures[next] == null);
        }

        @Override
        public boolean hasNext() {
            return next < measures.length;
        }

        @Override
        public Map.Entry<String, Measure> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Map.Entry<String, Measure> entry = Map.entry(terms[next], measures[next]);
            advance();
            return entry;
        }
    }
}

package org.regionaldoughnut.indicators;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** Entries of a map that keeps its measures in an array, beside their keys; where there is no measure, there is none. */
final class MeasureEntries extends AbstractSet<Map.Entry<String, Measure>> {
    private final List<String> keys;
    private final Measure[] measures;
    private final int size;

    MeasureEntries(List<String> keys, Measure[] measures, int size) {
        this.keys = keys;
        this.measures = measures;
        this.size = size;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Iterator<Map.Entry<String, Measure>> iterator() {
        return new Present();
    }

    private final class Present implements Iterator<Map.Entry<String, Measure>> {
        private int next = -1;

        Present() {
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
            Map.Entry<String, Measure> entry = Map.entry(keys.get(next), measures[next]);
            advance();
            return entry;
        }
    }
}

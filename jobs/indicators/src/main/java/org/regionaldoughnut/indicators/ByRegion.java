package org.regionaldoughnut.indicators;

import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.regionaldoughnut.model.RegionTree;

/** Measures by code of region, kept by the regions' numbers: there are millions, and to look up codes costs more. */
final class ByRegion extends AbstractMap<String, Measure> {
    private final RegionNumbers numbers;
    private Measure[] measures;
    private int size;

    ByRegion(RegionNumbers numbers) {
        this.numbers = numbers;
        this.measures = new Measure[numbers.codes().size()];
    }

    /** Whether the numbers are places in this hierarchy's order from the leaves up. */
    boolean isInOrderOf(RegionTree tree) {
        return numbers.areOf(tree);
    }

    /** The measure of the region of this number; null where there is none. */
    Measure at(int number) {
        return number < 0 || number >= measures.length ? null : measures[number];
    }

    /** Adds to what is there of the region. */
    void gather(int number, Measure measure) {
        if (number >= measures.length) {
            measures = Arrays.copyOf(measures, Math.max(2 * measures.length, number + 1));
        }
        if (measures[number] == null) {
            measures[number] = measure;
            size++;
        } else {
            measures[number] = measures[number].gathering(measure);
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Measure get(Object code) {
        return at(numbers.known(code));
    }

    @Override
    public boolean containsKey(Object code) {
        return get(code) != null;
    }

    @Override
    public Set<Map.Entry<String, Measure>> entrySet() {
        return new MeasureEntries(numbers.codes(), measures, size);
    }
}

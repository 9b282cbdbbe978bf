package org.regionaldoughnut.indicators;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;

/**
 * Measures by code of region. Codes that differ in few digits fall into few places of a {@link java.util.HashMap}, whose
 * lists and trees cost more than what is looked for; here they are spread, and no entries are kept.
 */
final class ByRegion extends AbstractMap<String, Measure> {
    private static final int FIRST_CAPACITY = 16;

    private String[] codes;
    private Measure[] measures;
    private int size;

    /** @param expected number of regions */
    ByRegion(int expected) {
        int capacity = Math.max(FIRST_CAPACITY, Integer.highestOneBit(Math.max(1, expected)) << 2);
        codes = new String[capacity];
        measures = new Measure[capacity];
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Measure get(Object code) {
        return measures[place((String) code)];
    }

    @Override
    public boolean containsKey(Object code) {
        return get(code) != null;
    }

    @Override
    public Measure put(String code, Measure measure) {
        int place = place(code);
        Measure before = measures[place];
        set(place, code, measure);
        return before;
    }

    /** Adds to what is there of the region. */
    void gather(String code, Measure measure) {
        int place = place(code);
        Measure before = measures[place];
        set(place, code, before == null ? measure : before.gathering(measure));
    }

    private void set(int place, String code, Measure measure) {
        boolean added = measures[place] == null;
        measures[place] = measure;
        if (added) {
            codes[place] = code;
            size++;
            if (2 * size > codes.length) {
                grow();
            }
        }
    }

    /** Where the code is, or would be put. */
    private int place(String code) {
        int mask = codes.length - 1;
        int hash = code.hashCode() * 0x9E3779B9;
        int place = (hash ^ hash >>> 16) & mask;
        while (codes[place] != null && !codes[place].equals(code)) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        String[] its = codes;
        Measure[] own = measures;
        codes = new String[2 * its.length];
        measures = new Measure[2 * its.length];
        for (int i = 0; i < its.length; i++) {
            if (its[i] != null) {
                int place = place(its[i]);
                codes[place] = its[i];
                measures[place] = own[i];
            }
        }
    }

    @Override
    public Set<Map.Entry<String, Measure>> entrySet() {
        return new MeasureEntries(codes, measures, size);
    }
}

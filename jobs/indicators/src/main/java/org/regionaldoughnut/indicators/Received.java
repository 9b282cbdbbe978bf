package org.regionaldoughnut.indicators;

import java.util.List;

/** The bundles that a unit of work was sent, of all parts. */
final class Received {
    private final List<List<String>> values;
    private final OpenedBundles[] parts;

    /** @param values by part: its value expressions */
    Received(List<List<String>> values) {
        this.values = values;
        this.parts = new OpenedBundles[values.size()];
    }

    void add(byte[] bundle) {
        int part = Bundle.part(bundle);
        if (parts[part] == null) {
            parts[part] = new OpenedBundles(values.get(part).size());
        }
        parts[part].add(bundle);
    }

    void giveTo(Measures measures) {
        for (int part = 0; part < parts.length; part++) {
            if (parts[part] != null) {
                measures.add(parts[part], values.get(part));
            }
        }
    }
}

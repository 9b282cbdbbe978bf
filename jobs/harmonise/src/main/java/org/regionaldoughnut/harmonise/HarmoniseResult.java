package org.regionaldoughnut.harmonise;

/**
 * @param rowsIn accepted raw rows read
 * @param rowsOut rows that could be placed
 * @param quarantined rows left out because their region or unit is not known
 * @param changes what new editions changed, in keys; nothing where the history was replayed
 */
public record HarmoniseResult(long rowsIn, long rowsOut, long quarantined, long deltaVersion, Changes changes) {
    public HarmoniseResult(long rowsIn, long rowsOut, long quarantined, long deltaVersion) {
        this(rowsIn, rowsOut, quarantined, deltaVersion, Changes.NONE);
    }

    /** @param added keys that were not known before */
    public record Changes(long added, long revised, long unchanged, long withdrawn) {
        static final Changes NONE = new Changes(0, 0, 0, 0);

        Changes plus(Changes other) {
            return new Changes(
                    added + other.added,
                    revised + other.revised,
                    unchanged + other.unchanged,
                    withdrawn + other.withdrawn);
        }

        public boolean isEmpty() {
            return equals(NONE);
        }
    }

    static HarmoniseResult nothing() {
        return new HarmoniseResult(0, 0, 0, -1);
    }

    HarmoniseResult plus(HarmoniseResult other) {
        return new HarmoniseResult(
                rowsIn + other.rowsIn,
                rowsOut + other.rowsOut,
                quarantined + other.quarantined,
                Math.max(deltaVersion, other.deltaVersion),
                changes.plus(other.changes));
    }

    HarmoniseResult at(long version) {
        return new HarmoniseResult(rowsIn, rowsOut, quarantined, version, changes);
    }
}

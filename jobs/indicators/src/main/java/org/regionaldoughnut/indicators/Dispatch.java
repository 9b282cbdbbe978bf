package org.regionaldoughnut.indicators;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.apache.spark.Partitioner;

/**
 * Which unit of work needs the rows of which requests, and where it is computed. A year is divided into slices, each of
 * some of its indicators; the unit of a slice of a year is a number from zero on. Those of indicators of all years are
 * below zero, from -1 in their order.
 */
final class Dispatch extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int ofYears;
    private final int ofOthers;
    private final int slices;

    /** By request: slices of its year, and below zero units of all years. */
    private final int[][] needed;

    /** Years that the slices need, and by number of the unit those of units of all years; null for all. */
    private final int[] yearsOfSlices;

    private final int[][] yearsOfUnits;

    /**
     * @param ofYears number of partitions for slices of years
     * @param ofOthers number of partitions for indicators of all years; each of them has files of all years
     * @param across number of indicators of all years
     * @param needed by request: the slices of a year that need it, from 0, and the units of all years, from -1
     * @param yearsOfUnits the years a unit of all years needs, at {@link #OF_YEAR} those of all slices; where absent, all
     */
    Dispatch(
            int ofYears,
            int ofOthers,
            int across,
            int slices,
            int[][] needed,
            Map<Integer, Set<Integer>> yearsOfUnits) {
        this.ofYears = ofYears;
        this.ofOthers = ofOthers;
        this.slices = slices;
        this.needed = needed;
        this.yearsOfSlices = sorted(yearsOfUnits.get(OF_YEAR));
        this.yearsOfUnits = new int[across][];
        for (int i = 0; i < across; i++) {
            this.yearsOfUnits[i] = sorted(yearsOfUnits.get(-i - 1));
        }
    }

    private static int[] sorted(Set<Integer> years) {
        return years == null
                ? null
                : years.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    /** In place of a unit: that of the row's year. */
    static final int OF_YEAR = 0;

    /** Everything to one unit. */
    static Dispatch together(int requests) {
        int[][] one = new int[requests][];
        Arrays.fill(one, new int[] {-1});
        return new Dispatch(0, 1, 1, 1, one, Map.of());
    }

    /** The slices of a year and units of all years that need a cell. */
    int[] needing(Terms.Cell cell) {
        return cell.requests().stream()
                .flatMapToInt(request -> Arrays.stream(needed[request]))
                .distinct()
                .sorted()
                .toArray();
    }

    /** Whether only the one slice of their years needs these requests. */
    boolean isOfYears(int[] requests) {
        return slices == 1
                && Arrays.stream(requests)
                        .allMatch(request -> needed[request].length == 1 && needed[request][0] == OF_YEAR);
    }

    boolean wants(int needing, int year) {
        int[] years = needing < 0 ? yearsOfUnits[-needing - 1] : yearsOfSlices;
        return years == null || Arrays.binarySearch(years, year) >= 0;
    }

    int unit(int needing, int year) {
        return needing < 0 ? needing : year * slices + needing;
    }

    int slice(int unit) {
        return unit % slices;
    }

    @Override
    public int numPartitions() {
        return ofOthers + ofYears;
    }

    @Override
    public int getPartition(Object key) {
        int unit = (Integer) key;
        return unit < 0 ? Math.floorMod(-unit - 1, ofOthers) : ofOthers + Math.floorMod(unit, ofYears);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dispatch dispatch && dispatch.ofYears == ofYears && dispatch.ofOthers == ofOthers;
    }

    @Override
    public int hashCode() {
        return 31 * ofYears + ofOthers;
    }
}

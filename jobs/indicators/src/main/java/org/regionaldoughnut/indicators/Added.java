package org.regionaldoughnut.indicators;

import java.util.List;

/** What rows of one part state, added up, and what the numbers of its tally stand for. */
interface Added {
    Tally tally();

    /** By number. */
    List<Terms.Cell> cells();

    /** By number. */
    List<String> regions();

    /** By number. */
    List<String> periods();
}

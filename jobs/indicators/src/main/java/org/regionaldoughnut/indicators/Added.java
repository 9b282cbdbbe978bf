package org.regionaldoughnut.indicators;

/** What rows of one part state, added up, and what the numbers of its tally stand for. */
interface Added {
    Tally tally();

    Terms.Cell cell(int place);

    String region(int place);

    String period(int place);
}

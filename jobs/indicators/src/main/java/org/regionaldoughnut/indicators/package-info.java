/**
 * The catalogue becomes figures: current harmonised rows, the region hierarchy and definitions come in, values with
 * status, coverage and provenance go out to {@code statistics.indicators}, ratios and gaps to {@code
 * statistics.doughnut}. It must not know where rows came from or how results are published.
 */
package org.regionaldoughnut.indicators;

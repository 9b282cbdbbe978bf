/**
 * The catalogue becomes figures: current harmonised rows, the region hierarchy and definitions come in, values with
 * status, coverage and provenance go out to {@code statistics.indicators}, ratios and gaps to {@code
 * statistics.doughnut}. It must not know where rows came from or how results are published.
 *
 * <p>The way of a row: {@code Harmonised} tells which rows count; a {@code Survey} tells in which years those that feed a
 * term have changed, and {@code ChangedYears} which values with them; a {@code Scan} reads the rows of these, in batches
 * of columns; {@code Matching} tells which terms a row feeds; {@code Gathering} adds rows up where they lie and sends sums to the unit of work that {@code Dispatch} names, or
 * {@code ByYear} reads them there; {@code Measures} holds what a unit was given, {@code Work} makes values of it, and
 * {@code ValuesTable} puts them beside those that stay.
 */
package org.regionaldoughnut.indicators;

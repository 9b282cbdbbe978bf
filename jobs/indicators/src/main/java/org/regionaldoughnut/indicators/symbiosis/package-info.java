/**
 * Industrial symbiosis: how much waste of one branch could become the input of another. Amounts of waste by category and
 * branch and a table of documented exchanges come in; exchanges with their potential, ranked by mass, go out. It must not
 * know where amounts come from.
 */
package org.regionaldoughnut.indicators.symbiosis;

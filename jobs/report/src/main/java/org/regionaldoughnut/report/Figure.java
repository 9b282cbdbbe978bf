package org.regionaldoughnut.report;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A released row of table {@code indicators}, breakdown {@code _T}. Numbers that are not finite are absent; texts that
 * are null are empty.
 *
 * @param year year of the first day of the period
 * @param coverageRegions share of the regions, 0 to 1
 * @param coveragePopulation share of the population, 0 to 1; absent where unknown
 */
record Figure(
        String indicator,
        String period,
        int year,
        OptionalDouble value,
        String unit,
        OptionalDouble lower,
        OptionalDouble upper,
        OptionalDouble confidenceLevel,
        OptionalInt referenceYear,
        String status,
        OptionalDouble coverageRegions,
        OptionalDouble coveragePopulation,
        String reason) {
    private static final int YEARS_APART = 2;

    boolean coversAll() {
        return coveragePopulation.orElse(coverageRegions.orElse(1)) >= 1;
    }

    int about() {
        return referenceYear.orElse(year);
    }

    /** The figure of the indicator for a doughnut of the given year: with a value, nearest to it, the newer of two. */
    static Optional<Figure> nearest(Collection<Figure> figures, String indicator, int year) {
        return figures.stream()
                .filter(figure -> figure.indicator.equals(indicator))
                .filter(figure -> Math.abs(figure.about() - year) <= YEARS_APART)
                .min(Comparator.<Figure, Boolean>comparing(figure -> figure.value.isEmpty())
                        .thenComparing(figure -> Math.abs(figure.about() - year))
                        .thenComparing(Comparator.comparing(Figure::about).reversed())
                        .thenComparing(Figure::period));
    }

    /** The figure a row of the doughnut was made of. */
    static Optional<Figure> behind(DoughnutRow row, Collection<Figure> figures) {
        return figures.stream()
                .filter(figure -> figure.indicator.equals(row.indicator()))
                .filter(figure -> row.referenceYear().isEmpty()
                        || figure.about() == row.referenceYear().getAsInt())
                .min(Comparator.comparing((Figure figure) -> !figure.value.equals(row.value()))
                        .thenComparing(Figure::period));
    }
}

package org.regionaldoughnut.indicators;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.regionaldoughnut.model.Indicator;

/**
 * How one figure of {@code statistics.indicators} came about.
 *
 * @param withNumbers the formula with the numbers of its terms in it, where it is arithmetic
 * @param recomputed what the rows give now, or gave at the time asked for
 * @param comparison what the region was held against, where the method compares regions by their shares
 * @param terms in the order of the definition; where a method compares years, those of the other year behind them
 */
public record Explanation(
        Indicator indicator,
        String region,
        String regionName,
        String period,
        Stored stored,
        Optional<String> withNumbers,
        Optional<Double> recomputed,
        Optional<Comparison> comparison,
        List<Part> terms) {
    public Explanation {
        terms = List.copyOf(terms);
    }

    /**
     * The regions of a level that were compared, and their shares.
     *
     * @param shares by code, those first that differ most
     */
    public record Comparison(String level, int regions, List<Share> shares) {
        public Comparison {
            shares = List.copyOf(shares);
        }
    }

    /**
     * @param own share of the code in the region
     * @param all share in all regions compared
     * @param quotient the one by the other
     */
    public record Share(String code, double own, double all, Optional<Double> quotient) {}

    /** What the table says. */
    public record Stored(
            Optional<Double> value,
            String unit,
            String breakdown,
            String origin,
            String obsStatus,
            Optional<Double> coverageRegions,
            Optional<Double> coveragePeople,
            Optional<String> reason) {}

    /**
     * One term.
     *
     * @param text the formula part, or the other indicator
     * @param where condition on the rows
     * @param value sum, figure or mean
     * @param regions the regions whose figures were taken, the greatest first
     * @param codes shares by code, where the method takes them
     * @param rows the rows with the greatest figures
     * @param rowCount how many rows there are in all
     */
    public record Part(
            String name,
            String table,
            String series,
            Optional<String> where,
            String aggregate,
            String period,
            Optional<Double> value,
            List<Amount> regions,
            List<Amount> codes,
            List<SourceRow> rows,
            long rowCount) {
        public Part {
            regions = List.copyOf(regions);
            codes = List.copyOf(codes);
            rows = List.copyOf(rows);
        }
    }

    /** @param code of a region, product, partner or breakdown */
    public record Amount(String code, String name, double value) {}

    /**
     * @param received the text in the file
     * @param knownSince publication or receipt
     */
    public record SourceRow(
            String source,
            String file,
            long line,
            int cell,
            String batch,
            String region,
            String period,
            Optional<Double> value,
            String obsStatus,
            Optional<String> received,
            Instant knownSince) {}
}

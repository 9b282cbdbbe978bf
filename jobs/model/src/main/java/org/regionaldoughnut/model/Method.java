package org.regionaldoughnut.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the kinds of an indicator need beyond its terms and formula.
 *
 * @param groups of the varieties: how codes fall into groups
 * @param among region level whose regions are compared with each other; each level by itself where absent
 * @param code the one code whose figure is the indicator; a figure for each code where absent
 * @param specialisedAt location quotient from which a region counts as specialised
 * @param lag years back to the earlier value of growth and difference
 * @param baseYear year whose value is 100 in an index
 * @param breakdowns further figures by sex, sector and other dimensions
 * @param exchanges of symbiosis: documented exchanges of waste between branches
 * @param account of footprints: which of the accounts the figure is
 */
public record Method(
        Optional<Grouping> groups,
        Optional<String> among,
        Optional<String> code,
        double specialisedAt,
        int lag,
        Optional<Integer> baseYear,
        List<Breakdown> breakdowns,
        Imputation imputation,
        List<Exchange> exchanges,
        Account account) {

    /** A formula without breakdowns and without filled gaps. */
    public static final Method PLAIN = new Method(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1,
            1,
            Optional.empty(),
            List.of(),
            Imputation.NONE,
            List.of(),
            Account.CONSUMPTION);

    public Method {
        Objects.requireNonNull(imputation);
        Objects.requireNonNull(account);
        breakdowns = List.copyOf(breakdowns);
        exchanges = List.copyOf(exchanges);
        if (!(specialisedAt > 0) || lag < 1) {
            throw new IllegalArgumentException("specialised at " + specialisedAt + ", lag " + lag);
        }
    }

    /** Codes in groups: by their first characters, or by a column of a codelist. */
    public sealed interface Grouping {
        /** The group of a code; its own group where the code is too short or not listed. */
        String groupOf(String code);
    }

    /** Groups by the first characters of the code. */
    public record ByPrefix(int length) implements Grouping {
        public ByPrefix {
            if (length < 1) {
                throw new IllegalArgumentException("a prefix of " + length + " characters");
            }
        }

        @Override
        public String groupOf(String code) {
            return code.length() <= length ? code : code.substring(0, length);
        }
    }

    /** Groups as listed: code to group. */
    public record ByCodelist(Map<String, String> groups) implements Grouping {
        public ByCodelist {
            // not Map.copyOf: its order differs between JVMs, and definitions are compared by their text
            groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
        }

        @Override
        public String groupOf(String code) {
            return groups.getOrDefault(code, code);
        }
    }

    /**
     * @param dimension name of the dimension in the output, several joined by a semicolon
     * @param terms the terms that are broken down
     */
    public record Breakdown(String dimension, Map<String, Part> terms) {
        public Breakdown {
            Objects.requireNonNull(dimension);
            terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
        }
    }

    /**
     * @param by column whose codes are the parts
     * @param where condition in place of the term's own
     */
    public record Part(String by, String where) {
        public Part {
            Objects.requireNonNull(by);
            Objects.requireNonNull(where);
        }
    }

    /** @param maxYears how many years in a row may be filled */
    public record Imputation(Fill method, int maxYears) {
        public static final Imputation NONE = new Imputation(Fill.NONE, 2);

        public Imputation {
            if (maxYears < 1) {
                throw new IllegalArgumentException("gaps of " + maxYears + " years");
            }
        }
    }

    /** How gaps in the series of a region are filled. */
    public enum Fill {
        NONE,
        /** A straight line between two known years. */
        LINEAR,
        /** Linear, and the first and last known values carried outwards. */
        CARRY,
        /** Linear, and the least-squares line of the known years continued outwards. */
        TREND
    }

    /** To whom input-output accounts attribute what is caused. */
    public enum Account {
        /** To the region whose final demand it is caused for, wherever that is. */
        CONSUMPTION,
        /** To the region it is caused in. */
        PRODUCTION,
        /** Caused in other regions for the region's final demand. */
        IMPORTS,
        /** Caused in the region for the final demand of others. */
        EXPORTS
    }
}

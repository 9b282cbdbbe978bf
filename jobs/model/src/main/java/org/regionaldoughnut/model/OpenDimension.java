package org.regionaldoughnut.model;

import java.util.regex.Pattern;

/**
 * How a row that deletes says "whatever the value" of a dimension. SDMX leaves the cell empty; a raw table holds {@value
 * #ANY} there, and {@code age=*;sex=F} where one of the dimensions of a breakdown is open.
 *
 * <p>Source: SDMX 3.1, section 3A, part IV, "bulk deletion".
 */
public final class OpenDimension {
    /** In place of a value. */
    public static final String ANY = "*";

    private static final String OPEN = "=" + ANY;
    private static final String BETWEEN = ";";

    private OpenDimension() {}

    /** @return the dimension of a breakdown with any value, as it stands in a breakdown */
    public static String of(String dimension) {
        return dimension + OPEN;
    }

    /** Whether the breakdown says {@code name=*} of one of its dimensions. */
    public static boolean isPartlyOpen(String breakdown) {
        return (breakdown + BETWEEN).contains(OPEN + BETWEEN);
    }

    /**
     * @param breakdown dimensions in the order that figures state them
     * @return matches the breakdowns that are meant, those without an open dimension included
     */
    public static Pattern matching(String breakdown) {
        StringBuilder pattern = new StringBuilder();
        for (String part : breakdown.split(BETWEEN)) {
            if (part.endsWith(OPEN)) {
                String name = part.substring(0, part.length() - ANY.length());
                pattern.append("(?:").append(Pattern.quote(name)).append("[^;]*(?:;|$))?");
            } else {
                pattern.append(Pattern.quote(part)).append("(?:;|$)");
            }
        }
        return Pattern.compile(pattern.toString());
    }
}

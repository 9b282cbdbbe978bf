package org.regionaldoughnut.report;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.regionaldoughnut.model.Hash;

/** File names of pages. Of a region: the region's code where it is a safe name, else what is safe of it and a hash. */
final class PageName {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final Pattern RESERVED = Pattern.compile(
            "index|indicators|quality|revisions|data|indicator-.*|con|prn|aux|nul|com[0-9]|lpt[0-9]",
            Pattern.CASE_INSENSITIVE);
    private static final int LONGEST = 40;
    private static final int HASH_LENGTH = 12;

    private PageName() {}

    static String pdf(String region) {
        String page = of(region);
        return page.substring(0, page.length() - ".html".length()) + ".pdf";
    }

    /** Page of an indicator; ids of the catalogue are lower-case words joined by dashes. */
    static String indicator(String id) {
        String safe = SAFE.matcher(id).matches() ? id : Hash.of(List.of(id)).substring(0, HASH_LENGTH);
        return "indicator-" + safe + ".html";
    }

    static String of(String region) {
        if (SAFE.matcher(region).matches() && !RESERVED.matcher(region).matches()) {
            return region + ".html";
        }
        String start = region.replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(Locale.ROOT);
        String hash = Hash.of(List.of(region)).substring(0, HASH_LENGTH);
        return "region-" + start.substring(0, Math.min(LONGEST, start.length())) + "-" + hash + ".html";
    }
}

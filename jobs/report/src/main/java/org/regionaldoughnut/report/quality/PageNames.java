package org.regionaldoughnut.report.quality;

/** File names of pages: what is no plain letter, digit, dot or dash in an id becomes an underscore. */
final class PageNames {
    private PageNames() {}

    static String source(String id) {
        return "source-" + plain(id) + ".html";
    }

    static String run(String id) {
        return "run-" + plain(id) + ".html";
    }

    private static String plain(String id) {
        return id.replaceAll("[^A-Za-z0-9.-]", "_");
    }
}

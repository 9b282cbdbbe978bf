package org.regionaldoughnut.publish;

/** Texts that a spreadsheet program would take for a formula: names come from received files and can hold anything. */
final class SpreadsheetText {
    private static final String STARTS = "=+-@\t\r";

    private SpreadsheetText() {}

    /** The text, behind an apostrophe where its first character would start a formula. */
    static String guarded(String text) {
        return text.isEmpty() || STARTS.indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    }
}

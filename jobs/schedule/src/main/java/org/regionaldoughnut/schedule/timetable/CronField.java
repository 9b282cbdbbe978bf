package org.regionaldoughnut.schedule.timetable;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** One field of a cron string: numbers, names, ranges, steps, lists. */
enum CronField {
    MINUTE("minute", 0, 59, List.of()),
    HOUR("hour", 0, 23, List.of()),
    DAY_OF_MONTH("day of month", 1, 31, List.of()),
    MONTH("month", 1, 12, List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
    /** 0 and 7 are Sunday. */
    DAY_OF_WEEK("day of week", 0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

    private final String title;
    private final int first;
    private final int last;
    private final List<String> names;

    CronField(String title, int first, int last, List<String> names) {
        this.title = title;
        this.first = first;
        this.last = last;
        this.names = names;
    }

    /** @throws IllegalArgumentException that says what is wrong */
    BitSet parse(String text) {
        var values = new BitSet();
        for (var part : text.split(",", -1)) {
            add(part, values);
        }
        if (this == DAY_OF_WEEK && values.get(7)) {
            values.set(0);
            values.clear(7);
        }
        return values;
    }

    private void add(String part, BitSet values) {
        var slash = part.indexOf('/');
        var range = slash < 0 ? part : part.substring(0, slash);
        var step = slash < 0 ? 1 : number(part.substring(slash + 1), part);
        if (step < 1) {
            throw wrong(part, "a step is at least 1");
        }
        int from;
        int to;
        if (range.equals("*")) {
            from = first;
            to = this == DAY_OF_WEEK ? 6 : last;
        } else {
            var dash = range.indexOf('-');
            from = value(dash < 0 ? range : range.substring(0, dash), part);
            to = dash < 0 ? (slash < 0 ? from : last) : value(range.substring(dash + 1), part);
        }
        if (from > to) {
            throw wrong(part, "the range runs backwards");
        }
        for (var value = from; value <= to; value += step) {
            values.set(value);
        }
    }

    private int value(String text, String part) {
        var name = names.indexOf(text.toLowerCase(Locale.ROOT));
        var value = name < 0 ? number(text, part) : name + first;
        if (value < first || value > last) {
            throw wrong(part, "it goes from " + first + " to " + last);
        }
        return value;
    }

    private int number(String text, String part) {
        if (!text.matches("[0-9]{1,4}")) {
            throw wrong(part, "'" + text + "' is no number" + (names.isEmpty() ? "" : " or name"));
        }
        return Integer.parseInt(text);
    }

    private IllegalArgumentException wrong(String part, String why) {
        return new IllegalArgumentException("the " + title + " '" + part + "' is wrong: " + why);
    }
}

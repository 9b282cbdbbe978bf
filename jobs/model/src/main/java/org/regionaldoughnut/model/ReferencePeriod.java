package org.regionaldoughnut.model;

import java.time.LocalDate;
import java.time.Month;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time a figure is about, as an SDMX TIME_PERIOD: {@code 2019}, {@code 2019-Q3}, {@code 2019-03}, or a first day
 * with an ISO 8601 duration ({@code 2019-04-01/P1Y}).
 *
 * <p>Publishers' spellings are parsed by {@link #parse}: financial and school years ({@code 2019/20}, {@code
 * 2019/2020}), spans ({@code 2013/16}, {@code 2018 to 2020}, {@code 04/2020-03/2021}), quarters ({@code 2019 Q1}),
 * months ({@code 2021 May}), days ({@code 17 May to 11 June 2023}), each with a trailing note ({@code [Note 5]}).
 *
 * @param value the TIME_PERIOD string
 * @param firstDay first day of the period
 */
public record ReferencePeriod(String value, LocalDate firstDay) {
    /** The first day of a split year; the offices at hand publish financial years from April. */
    private static final Month SPLIT_YEAR_START = Month.APRIL;

    /** Two digits that would make a longer span are no year: {@code 2019-13} is a mistyped month. */
    private static final int LONGEST_SPLIT = 50;

    private static final List<Spelling> SPELLINGS = List.of(
            new Spelling("(\\d{4})", m -> year(number(m, 1))),
            new Spelling("(\\d{4})[- ]?Q([1-4])", m -> quarter(number(m, 1), number(m, 2))),
            new Spelling("(\\d{4})[-M](0[1-9]|1[0-2])", m -> month(number(m, 1), number(m, 2))),
            new Spelling("(\\d{4})-(\\d{2})-(\\d{2})/P(\\d+)(Y|M|D)", ReferencePeriod::span),
            new Spelling("(\\d{4})\\s?[/-]\\s?(\\d{2})", m -> splitYears(number(m, 1), century(m))),
            new Spelling("(\\d{4})\\s?/\\s?(\\d{4})", m -> splitYears(number(m, 1), number(m, 2))),
            new Spelling("(\\d{4})\\s?(?:to|-)\\s?(\\d{4})", m -> years(number(m, 1), number(m, 2))),
            new Spelling(
                    "(\\d{2})/(\\d{4})\\s?-\\s?(\\d{2})/(\\d{4})",
                    m -> months(number(m, 2), number(m, 1), number(m, 4), number(m, 3))),
            new Spelling("(\\d{4})/\\d{2}-(\\d{4})/\\d{2}", m -> splitYears(number(m, 1), number(m, 2) + 1)),
            new Spelling("(\\d{4}) (\\p{L}{3,9})", m -> month(number(m, 1), monthNamed(m.group(2)))),
            new Spelling(
                    "(\\d{1,2}) (\\p{L}{3,9}) to (\\d{1,2}) (\\p{L}{3,9}) (\\d{4})",
                    m -> days(
                            LocalDate.of(number(m, 5), monthNamed(m.group(2)), number(m, 1)),
                            LocalDate.of(number(m, 5), monthNamed(m.group(4)), number(m, 3)))));

    private static final Pattern SPAN = Pattern.compile(".*/P(\\d+)([YMD])");

    private static final Pattern NOTE = Pattern.compile("\\s*(\\[[^\\]]*\\]|Provisional|provisional|\\(p\\))\\s*$");

    public ReferencePeriod {
        Objects.requireNonNull(value);
        Objects.requireNonNull(firstDay);
    }

    /** The year of the first day. */
    public int year() {
        return firstDay.getYear();
    }

    /** The last day of the period. */
    public LocalDate lastDay() {
        int slash = value.indexOf('/');
        if (slash > 0) {
            return firstDay.plus(Period.parse(value.substring(slash + 1))).minusDays(1);
        }
        int months = value.length() == 4 ? 12 : value.contains("Q") ? 3 : 1;
        return firstDay.plusMonths(months).minusDays(1);
    }

    /** The year the figure stands for: that of the first day, or the middle year where the period is longer than one. */
    public int referenceYear() {
        Matcher lasting = SPAN.matcher(value);
        if (!lasting.matches()) {
            return year();
        }
        int count = Integer.parseInt(lasting.group(1));
        LocalDate end =
                switch (lasting.group(2)) {
                    case "Y" -> firstDay.plusYears(count);
                    case "M" -> firstDay.plusMonths(count);
                    default -> firstDay.plusDays(count);
                };
        if (!end.isAfter(firstDay.plusYears(1))) {
            return year();
        }
        return firstDay.plusDays((ChronoUnit.DAYS.between(firstDay, end) - 1) / 2)
                .getYear();
    }

    /** The period a publisher's text stands for, none where it is none of the known spellings or no real date. */
    public static Optional<ReferencePeriod> parse(String text) {
        if (text == null) {
            return Optional.empty();
        }
        String bare = NOTE.matcher(text.strip()).replaceAll("");
        for (Spelling spelling : SPELLINGS) {
            Matcher matcher = spelling.pattern.matcher(bare);
            if (matcher.matches()) {
                try {
                    return Optional.of(spelling.reading.apply(matcher));
                } catch (IllegalArgumentException | java.time.DateTimeException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }

    private static ReferencePeriod year(int year) {
        return new ReferencePeriod(String.format(Locale.ROOT, "%04d", year), LocalDate.of(year, 1, 1));
    }

    private static ReferencePeriod quarter(int year, int quarter) {
        LocalDate first = LocalDate.of(year, quarter * 3 - 2, 1);
        return new ReferencePeriod(String.format(Locale.ROOT, "%04d-Q%d", year, quarter), first);
    }

    private static ReferencePeriod month(int year, int month) {
        return new ReferencePeriod(String.format(Locale.ROOT, "%04d-%02d", year, month), LocalDate.of(year, month, 1));
    }

    /** {@code 2019/20} is the year from April 2019; {@code 2013/16} the three years up to then. */
    private static ReferencePeriod splitYears(int from, int to) {
        return lasting(LocalDate.of(from, SPLIT_YEAR_START, 1), to - from, "Y");
    }

    private static ReferencePeriod years(int from, int to) {
        return lasting(LocalDate.of(from, 1, 1), to - from + 1, "Y");
    }

    private static ReferencePeriod months(int fromYear, int fromMonth, int toYear, int toMonth) {
        LocalDate first = LocalDate.of(fromYear, fromMonth, 1);
        int months = (int) ChronoUnit.MONTHS.between(first, LocalDate.of(toYear, toMonth, 1)) + 1;
        return months % 12 == 0 ? lasting(first, months / 12, "Y") : lasting(first, months, "M");
    }

    private static ReferencePeriod days(LocalDate first, LocalDate last) {
        return lasting(first, (int) ChronoUnit.DAYS.between(first, last) + 1, "D");
    }

    private static ReferencePeriod span(Matcher m) {
        return lasting(LocalDate.of(number(m, 1), number(m, 2), number(m, 3)), number(m, 4), m.group(5));
    }

    private static ReferencePeriod lasting(LocalDate first, int count, String unit) {
        if (count < 1) {
            throw new IllegalArgumentException("a period of " + count + unit);
        }
        return new ReferencePeriod(first + "/P" + count + unit, first);
    }

    private static int century(Matcher m) {
        int from = number(m, 1);
        int to = from / 100 * 100 + number(m, 2);
        int later = to <= from ? to + 100 : to;
        if (later - from > LONGEST_SPLIT) {
            throw new IllegalArgumentException("no period of years runs from " + from + " to " + later);
        }
        return later;
    }

    private static int monthNamed(String name) {
        for (Month month : Month.values()) {
            if (name.length() >= 3 && month.name().startsWith(name.toUpperCase(Locale.ROOT))) {
                return month.getValue();
            }
        }
        throw new IllegalArgumentException("no month is called " + name);
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }

    private record Spelling(Pattern pattern, Function<Matcher, ReferencePeriod> reading) {
        Spelling(String regex, Function<Matcher, ReferencePeriod> reading) {
            this(Pattern.compile(regex, Pattern.CASE_INSENSITIVE), reading);
        }
    }
}

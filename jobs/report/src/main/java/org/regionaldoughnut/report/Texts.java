package org.regionaldoughnut.report;

import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.OptionalDouble;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words and numbers of one language: messages, figures with units, periods, dates. */
final class Texts {
    private static final String BUNDLE = "org.regionaldoughnut.report.messages";
    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "fa", "he", "iw", "ur", "yi");
    private static final Pattern SPAN = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})/P(\\d+)Y");
    private static final Pattern QUARTER = Pattern.compile("(\\d{4})-Q([1-4])");
    private static final Pattern MONTH = Pattern.compile("\\d{4}-(0[1-9]|1[0-2])");
    private static final double LARGE = 1e6;

    private final Locale locale;
    private final ResourceBundle messages;

    Texts(Locale locale) {
        this.locale = locale;
        this.messages = ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    String language() {
        return locale.toLanguageTag();
    }

    String direction() {
        return RIGHT_TO_LEFT.contains(locale.getLanguage()) ? "rtl" : "ltr";
    }

    /** The message, its {@code {0}} filled; numbers are to be given formatted, or whole for choices. */
    String get(String key, Object... arguments) {
        return new MessageFormat(messages.getString(key), locale).format(arguments);
    }

    /** The message, or the given text where there is none of that key. */
    String getOr(String key, String otherwise) {
        try {
            return get(key);
        } catch (MissingResourceException e) {
            return otherwise;
        }
    }

    /** Three significant digits, large figures in words. */
    String number(double value) {
        double size = Math.abs(value);
        if (size >= LARGE) {
            NumberFormat compact = NumberFormat.getCompactNumberInstance(locale, NumberFormat.Style.LONG);
            compact.setMaximumFractionDigits(size < 1e15 ? 1 : 0);
            return compact.format(value);
        }
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(decimals(size));
        return plain(format.format(value));
    }

    /** A figure with its unit; a unit that starts with the percent sign is written as the language writes percents. */
    String figure(double value, String unit) {
        if (unit.startsWith("%")) {
            return percent(value) + unit.substring(1);
        }
        return unit.isEmpty() ? number(value) : number(value) + " " + unit;
    }

    /** @param value in percent */
    String percent(double value) {
        NumberFormat format = NumberFormat.getPercentInstance(locale);
        double size = Math.abs(value);
        format.setMaximumFractionDigits(size >= 100 || size == Math.rint(size) ? 0 : 1);
        return plain(format.format(value / 100));
    }

    String ratio(OptionalDouble ratio) {
        if (ratio.isEmpty()) {
            return "";
        }
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(2);
        format.setMaximumFractionDigits(2);
        return plain(format.format(ratio.getAsDouble()));
    }

    String whole(int value) {
        return NumberFormat.getIntegerInstance(locale).format(value);
    }

    /** An SDMX period as people write it: {@code 2019-04-01/P1Y} is 2019/20. */
    String period(String period) {
        Matcher span = SPAN.matcher(period);
        if (span.matches()) {
            int from = Integer.parseInt(span.group(1));
            int years = Integer.parseInt(span.group(4));
            if (span.group(2).equals("01") && span.group(3).equals("01")) {
                return years == 1 ? span.group(1) : get("period.years", span.group(1), "" + (from + years - 1));
            }
            return get("period.split", span.group(1), String.format(Locale.ROOT, "%02d", (from + years) % 100));
        }
        Matcher quarter = QUARTER.matcher(period);
        if (quarter.matches()) {
            return get("period.quarter", quarter.group(1), quarter.group(2));
        }
        if (MONTH.matcher(period).matches()) {
            return YearMonth.parse(period).format(DateTimeFormatter.ofPattern("MMMM yyyy", locale));
        }
        return period;
    }

    /** A date or instant as a date of the language; other texts as they are. */
    String date(String text) {
        DateTimeFormatter format =
                DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale);
        try {
            LocalDate date = text.length() == 10
                    ? LocalDate.parse(text)
                    : Instant.parse(text).atZone(ZoneOffset.UTC).toLocalDate();
            return date.format(format);
        } catch (DateTimeException e) {
            return text;
        }
    }

    /** The text without characters no page may hold; empty where there is none. */
    static String printable(String text) {
        if (text == null) {
            return "";
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .map(c -> c >= 0xD800 && c <= 0xDFFF || (c & 0xFFFE) == 0xFFFE ? 0xFFFD : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static int decimals(double size) {
        if (size == 0 || size >= 100) {
            return 0;
        }
        return (int) Math.max(0, 2 - Math.floor(Math.log10(size)));
    }

    /** Nought has no sign. */
    private static String plain(String number) {
        boolean nought = number.chars().noneMatch(c -> Character.isDigit(c) && Character.digit(c, 10) != 0);
        return nought ? number.replace("-", "").replace("\u2212", "") : number;
    }
}

package org.regionaldoughnut.schedule.timetable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A Unix cron string of five fields, or a preset. Where both day of month and day of week are restricted, either is
 * enough.
 *
 * <p>Daylight saving: a time that the clock skips fires as much later as the clock was put forward, so a daily job is
 * never lost. Of a time that the clock shows twice, a job with restricted hours takes the first; one for every hour
 * follows real time and fires in both.
 */
final class Cron {
    private static final Map<String, String> PRESETS = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *",
            "@quarterly", "0 0 1 */3 *",
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *");

    /** The longest wait: for 29 February on a given weekday it is 40 years where a century has no leap day. */
    private static final int YEARS = 41;

    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;
    private final boolean anyDay;
    private final boolean anyWeekday;
    private final boolean everyHour;

    private Cron(String[] fields) {
        minutes = CronField.MINUTE.parse(fields[0]);
        hours = CronField.HOUR.parse(fields[1]);
        days = CronField.DAY_OF_MONTH.parse(fields[2]);
        months = CronField.MONTH.parse(fields[3]);
        weekdays = CronField.DAY_OF_WEEK.parse(fields[4]);
        anyDay = fields[2].equals("*");
        anyWeekday = fields[4].equals("*");
        everyHour = fields[1].startsWith("*");
    }

    /** @throws IllegalArgumentException that says what is wrong with it */
    static Cron parse(String text) {
        var expression = PRESETS.getOrDefault(text.strip(), text.strip());
        if (expression.startsWith("@")) {
            throw new IllegalArgumentException("the preset '" + expression + "' is none of @once, @continuous, "
                    + String.join(", ", new TreeSet<>(PRESETS.keySet())));
        }
        var fields = expression.split("\\s+");
        if (fields.length != 5) {
            throw new IllegalArgumentException("'" + text + "' has " + fields.length
                    + " fields, a cron string has 5: minute, hour, day of month, month, day of week");
        }
        var cron = new Cron(fields);
        if (cron.after(Instant.parse("2000-01-01T00:00:00Z"), ZoneOffset.UTC).isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' never comes: no such day exists");
        }
        return cron;
    }

    /** The first time after the given one. */
    Optional<Instant> after(Instant time, ZoneId zone) {
        var start = time.atZone(zone).toLocalDate().minusDays(1);
        var end = start.plusYears(YEARS);
        for (var date = start; date.isBefore(end); date = date.plusDays(1)) {
            if (!months.get(date.getMonthValue())) {
                date = YearMonth.from(date).atEndOfMonth();
                continue;
            }
            var found = firstAfter(time, date, zone);
            if (found.isPresent()) {
                // where the clock was moved, a time of the next date may come first
                return isQuiet(date, zone) ? found : earlier(found, firstAfter(time, date.plusDays(1), zone));
            }
        }
        return Optional.empty();
    }

    /** The last time at or before the given one. */
    Optional<Instant> atOrBefore(Instant time, ZoneId zone) {
        var start = time.atZone(zone).toLocalDate().plusDays(1);
        var end = start.minusYears(YEARS);
        for (var date = start; date.isAfter(end); date = date.minusDays(1)) {
            if (!months.get(date.getMonthValue())) {
                date = YearMonth.from(date).atDay(1);
                continue;
            }
            if (matches(date)) {
                var found = times(date, zone).floor(time);
                if (found != null) {
                    return Optional.of(found);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return other.isPresent() && other.get().isBefore(one.orElseThrow()) ? other : one;
    }

    private boolean matches(LocalDate date) {
        if (!months.get(date.getMonthValue())) {
            return false;
        }
        var day = days.get(date.getDayOfMonth());
        var weekday = weekdays.get(date.getDayOfWeek().getValue() % 7);
        if (anyDay) {
            return weekday;
        }
        return anyWeekday ? day : day || weekday;
    }

    private Optional<Instant> firstAfter(Instant time, LocalDate date, ZoneId zone) {
        if (!matches(date)) {
            return Optional.empty();
        }
        if (!isQuiet(date, zone)) {
            return Optional.ofNullable(times(date, zone).higher(time));
        }
        var offset = zone.getRules().getOffset(date.atStartOfDay());
        var local = LocalDateTime.ofInstant(time, offset).plusMinutes(1);
        if (local.toLocalDate().isAfter(date)) {
            return Optional.empty();
        }
        var from = local.toLocalDate().isBefore(date) ? LocalTime.MIDNIGHT : local.toLocalTime();
        return firstFrom(from).map(found -> date.atTime(found).toInstant(offset));
    }

    private Optional<LocalTime> firstFrom(LocalTime from) {
        var hour = hours.nextSetBit(from.getHour());
        if (hour == from.getHour()) {
            var minute = minutes.nextSetBit(from.getMinute());
            if (minute >= 0) {
                return Optional.of(LocalTime.of(hour, minute));
            }
            hour = hours.nextSetBit(hour + 1);
        }
        return hour < 0 ? Optional.empty() : Optional.of(LocalTime.of(hour, minutes.nextSetBit(0)));
    }

    /** Whether the clock is not moved on this date nor on those beside it. */
    private static boolean isQuiet(LocalDate date, ZoneId zone) {
        var rules = zone.getRules();
        if (rules.isFixedOffset()) {
            return true;
        }
        try {
            var moved = rules.nextTransition(date.minusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
            return moved == null
                    || moved.getInstant()
                            .isAfter(date.plusDays(3).atStartOfDay().toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return true;
        }
    }

    private TreeSet<Instant> times(LocalDate date, ZoneId zone) {
        var times = new TreeSet<Instant>();
        for (var hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
            for (var minute = minutes.nextSetBit(0); minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
                add(date.atTime(hour, minute), zone, times);
            }
        }
        return times;
    }

    private void add(LocalDateTime local, ZoneId zone, TreeSet<Instant> times) {
        var offsets = zone.getRules().getValidOffsets(local);
        if (offsets.size() == 2 && everyHour) {
            times.add(local.toInstant(offsets.get(0)));
            times.add(local.toInstant(offsets.get(1)));
        } else {
            times.add(local.atZone(zone).toInstant());
        }
    }
}

package org.regionaldoughnut.schedule.timetable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks were moved in Europe/London on 2024-03-31 at 01:00 and 2024-10-27 at 02:00 (tz database 2024a). */
class CronTest {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final ZoneId UTC = ZoneId.of("UTC");

    private static List<String> next(String cron, ZoneId zone, String from, int count) {
        var found = new ArrayList<String>();
        var parsed = Cron.parse(cron);
        var at = Instant.parse(from);
        for (var i = 0; i < count; i++) {
            at = parsed.after(at, zone).orElseThrow();
            found.add(at.toString());
        }
        return found;
    }

    @Test
    void aDailyJobInTheSpringGapFiresOnceAnHourLater() {
        assertThat(next("30 1 * * *", LONDON, "2024-03-30T00:00:00Z", 3))
                .containsExactly("2024-03-30T01:30:00Z", "2024-03-31T01:30:00Z", "2024-04-01T00:30:00Z");
    }

    @Test
    void anHourlyJobLosesNothingInTheSpringGap() {
        assertThat(next("0 * * * *", LONDON, "2024-03-30T23:30:00Z", 3))
                .containsExactly("2024-03-31T00:00:00Z", "2024-03-31T01:00:00Z", "2024-03-31T02:00:00Z");
    }

    @Test
    void anHourlyJobFiresTwiceInTheAutumnFold() {
        assertThat(next("30 * * * *", LONDON, "2024-10-26T23:45:00Z", 3))
                .containsExactly("2024-10-27T00:30:00Z", "2024-10-27T01:30:00Z", "2024-10-27T02:30:00Z");
    }

    @Test
    void aDailyJobFiresOnceInTheAutumnFoldTheFirstTime() {
        assertThat(next("30 1 * * *", LONDON, "2024-10-26T12:00:00Z", 2))
                .containsExactly("2024-10-27T00:30:00Z", "2024-10-28T01:30:00Z");
    }

    @Test
    void halfAnHourOfSummerTimeIsKept() {
        // Lord Howe Island moves its clock by half an hour: 2024-10-06 at 02:00, 2024-04-07 at 02:00
        var island = ZoneId.of("Australia/Lord_Howe");
        assertThat(next("15 2 * * *", island, "2024-10-05T00:00:00Z", 2))
                .containsExactly("2024-10-05T15:45:00Z", "2024-10-06T15:15:00Z");
    }

    @Test
    void aDayThatAnIslandSkippedIsMadeUpForByTheNext() {
        // Samoa had no 2011-12-30
        assertThat(next("0 12 * * *", ZoneId.of("Pacific/Apia"), "2011-12-29T00:00:00Z", 3))
                .containsExactly("2011-12-29T22:00:00Z", "2011-12-30T22:00:00Z", "2011-12-31T22:00:00Z");
    }

    @Test
    void aMidnightThatDoesNotExistFiresWhenTheDayBegins() {
        // Beirut moved its clock at midnight of 2024-03-31
        assertThat(next("@daily", ZoneId.of("Asia/Beirut"), "2024-03-30T12:00:00Z", 2))
                .containsExactly("2024-03-30T22:00:00Z", "2024-03-31T21:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "0 0 31 * *,     2024-01-31T00:00:00Z, 2024-03-31T00:00:00Z",
        "0 0 29 2 *,     2024-03-01T00:00:00Z, 2028-02-29T00:00:00Z",
        "0 0 29 2 *,     2096-03-01T00:00:00Z, 2104-02-29T00:00:00Z",
        "@quarterly,     2024-02-10T00:00:00Z, 2024-04-01T00:00:00Z",
        "@yearly,        2024-02-10T00:00:00Z, 2025-01-01T00:00:00Z",
        "@weekly,        2024-02-10T00:00:00Z, 2024-02-11T00:00:00Z",
        "0 9 * * mon-fri, 2024-02-09T10:00:00Z, 2024-02-12T09:00:00Z",
        "0 9 * * 7,      2024-02-09T10:00:00Z, 2024-02-11T09:00:00Z",
        "5/20 * * * *,   2024-02-09T10:26:00Z, 2024-02-09T10:45:00Z",
        "'0 0 1 jan,jul *', 2024-02-09T10:26:00Z, 2024-07-01T00:00:00Z",
    })
    void timesAreThoseOfUnix(String cron, String from, String expected) {
        assertThat(next(cron, UTC, from, 1)).containsExactly(expected);
    }

    @Test
    void dayOfMonthOrDayOfWeekIsEnoughWhereBothAreGiven() {
        assertThat(next("0 0 13 * 5", UTC, "2024-09-01T00:00:00Z", 3))
                .containsExactly("2024-09-06T00:00:00Z", "2024-09-13T00:00:00Z", "2024-09-20T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* * * *",
                "60 * * * *",
                "* 24 * * *",
                "0 0 30 2 *",
                "@never",
                "*/0 * * * *",
                "5-1 * * * *",
                "x * * * *"
            })
    void whatIsNoCronStringIsRefused(String cron) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cron.parse(cron)).withMessageMatching(".{15,}");
    }

    @Property(tries = 150)
    void theLastTimeAtOrBeforeTheNextTimeIsTheNextTime(
            @ForAll("crons") String cron, @ForAll("zones") String zone, @ForAll("times") Instant from) {
        var parsed = Cron.parse(cron);
        var next = parsed.after(from, ZoneId.of(zone)).orElseThrow();

        assertThat(next).isAfter(from);
        assertThat(parsed.atOrBefore(next, ZoneId.of(zone))).contains(next);
        assertThat(parsed.atOrBefore(next.minusNanos(1), ZoneId.of(zone)).orElseThrow())
                .isBeforeOrEqualTo(from);
    }

    @Property(tries = 150)
    void everyTimeMatchesTheStringUnlessTheClockSkippedIt(@ForAll("crons") String cron, @ForAll("times") Instant from) {
        var next = Cron.parse(cron).after(from, UTC).orElseThrow().atZone(UTC);
        var fields = cron.split(" ");

        assertThat(CronField.MINUTE.parse(fields[0]).get(next.getMinute())).isTrue();
        assertThat(CronField.HOUR.parse(fields[1]).get(next.getHour())).isTrue();
        assertThat(CronField.MONTH.parse(fields[3]).get(next.getMonthValue())).isTrue();
    }

    @Provide
    Arbitrary<String> crons() {
        return Combinators.combine(
                        Arbitraries.of("0", "*", "*/7", "30", "5,50", "10-20"),
                        Arbitraries.of("*", "0", "1", "2", "*/6", "23"),
                        Arbitraries.of("*", "1", "31", "15-20"),
                        Arbitraries.of("*", "3", "*/3", "10"),
                        Arbitraries.of("*", "0", "1-5", "6"))
                .as((minute, hour, day, month, weekday) -> String.join(" ", minute, hour, day, month, weekday));
    }

    @Provide
    Arbitrary<String> zones() {
        return Arbitraries.of(
                "UTC", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo");
    }

    @Provide
    Arbitrary<Instant> times() {
        return Arbitraries.longs().between(1_500_000_000L, 1_900_000_000L).map(Instant::ofEpochSecond);
    }
}

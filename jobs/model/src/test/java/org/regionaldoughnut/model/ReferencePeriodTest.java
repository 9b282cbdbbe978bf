package org.regionaldoughnut.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencePeriodTest {
    /** Spellings found in the tables and preambles of ONS, HMRC, DESNZ, DfT and Eurostat. */
    @ParameterizedTest
    @CsvSource({
        "2019, 2019, 2019-01-01",
        "2019 Q1, 2019-Q1, 2019-01-01",
        "2019Q3, 2019-Q3, 2019-07-01",
        "2019-Q4, 2019-Q4, 2019-10-01",
        "2019-03, 2019-03, 2019-03-01",
        "2019M03, 2019-03, 2019-03-01",
        "2019/20, 2019-04-01/P1Y, 2019-04-01",
        "2019/2020, 2019-04-01/P1Y, 2019-04-01",
        "1999/00, 1999-04-01/P1Y, 1999-04-01",
        "2013/16, 2013-04-01/P3Y, 2013-04-01",
        "2018 to 2019, 2018-01-01/P2Y, 2018-01-01",
        "2018 to 2020, 2018-01-01/P3Y, 2018-01-01",
        "2021/22 [Note 5], 2021-04-01/P1Y, 2021-04-01",
        "17 May to 11 June 2023, 2023-05-17/P26D, 2023-05-17",
        "2002/03-2007/08, 2002-04-01/P6Y, 2002-04-01",
        "2021 May, 2021-05, 2021-05-01",
        "2021 Sept, 2021-09, 2021-09-01",
        "04/2020-03/2021, 2020-04-01/P1Y, 2020-04-01",
        "09/2020 - 08/2021, 2020-09-01/P1Y, 2020-09-01",
        "01/2021-03/2021, 2021-01-01/P3M, 2021-01-01",
        "2021 Provisional, 2021, 2021-01-01",
        "2021 (p), 2021, 2021-01-01",
        "' 2019 ', 2019, 2019-01-01"
    })
    void everySpellingOfAPublisherBecomesATimePeriod(String text, String value, LocalDate firstDay) {
        assertThat(ReferencePeriod.parse(text)).hasValueSatisfying(period -> {
            assertThat(period.value()).isEqualTo(value);
            assertThat(period.firstDay()).isEqualTo(firstDay);
            assertThat(period.year()).isEqualTo(firstDay.getYear());
        });
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "n/a",
                "19",
                "20190",
                "2019.0",
                "2019 Q5",
                "2019-13",
                "2019-00",
                "2019 Mai",
                "2019 Ma y",
                "31 February to 2 March 2023",
                "11 June to 17 May 2023",
                "2020 to 2018",
                "2020/2020",
                "2020/2019",
                "03/2021-04/2020",
                "13/2020-03/2021",
                "2019-02-30/P1Y",
                "2019-01-01/P0Y",
                "2007/08-2002/03",
                "2019-01-01/P99999999999Y"
            })
    void whatIsNoSpellingOrNoRealDateIsNoPeriod(String text) {
        assertThat(ReferencePeriod.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2019",
                "2019-Q3",
                "2019-03",
                "2019-04-01/P1Y",
                "2018-01-01/P3Y",
                "2023-05-17/P26D",
                "2021-01-01/P3M"
            })
    void aTimePeriodReadsBackAsItself(String value) {
        assertThat(ReferencePeriod.parse(value)).map(ReferencePeriod::toString).hasValue(value);
    }

    @Property
    void whateverIsReadReadsBackAsTheSamePeriod(
            @ForAll @IntRange(min = 1000, max = 9998) int year, @ForAll @IntRange(min = 1, max = 12) int month) {
        for (String text : new String[] {
            "%04d".formatted(year),
            "%04d Q%d".formatted(year, (month + 2) / 3),
            "%04d-%02d".formatted(year, month),
            "%04d/%04d".formatted(year, year + 1),
            "%04d to %04d".formatted(year, year + 1),
            "%02d/%04d-%02d/%04d".formatted(month, year, month, year + 1)
        }) {
            ReferencePeriod period = ReferencePeriod.parse(text).orElseThrow();

            assertThat(ReferencePeriod.parse(period.value())).hasValue(period);
            assertThat(period.year()).isEqualTo(year);
        }
    }

    @Property
    void noTextBreaksTheParser(@ForAll @StringLength(max = 30) String text) {
        ReferencePeriod.parse(text).ifPresent(period -> assertThat(ReferencePeriod.parse(period.value()))
                .hasValue(period));
    }

    @ParameterizedTest
    @CsvSource({"2019,2019-12-31", "2019-Q3,2019-09-30", "2020-02,2020-02-29", "2019-04-01/P1Y,2020-03-31"})
    void aPeriodEndsOnItsLastDay(String period, LocalDate last) {
        assertThat(ReferencePeriod.parse(period).orElseThrow().lastDay()).isEqualTo(last);
    }
}

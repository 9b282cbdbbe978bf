package org.regionaldoughnut.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.lake.Table;

/** Messages of SDMX-CSV 2.0 that change what was known, from the file to what is known on each day. */
class SdmxActionsTest {
    private static final String HEADER = "STRUCTURE,STRUCTURE_ID,ACTION,SEX,AGE,GEO,TIME_PERIOD,OBS_VALUE\n";

    @TempDir
    Path folder;

    private OfficeCopy office;
    private Clock clock = OfficeCopy.CLOCK;

    @BeforeEach
    void describe() throws IOException {
        SparkTest.session();
        office = new OfficeCopy(folder);
        Files.writeString(
                office.source("unemployment"),
                """
                id: unemployment
                title: Unemployment by sex and age
                publisher: A statistics office
                licence: CC-BY-4.0
                attribution: "Source: a statistics office."
                contract: census
                location: {path: ../received/unemployment.csv}
                format: {kind: sdmx-csv}
                columns:
                  region: {from: GEO}
                  region_scheme: {constant: UK-NUTS-2016}
                  variable: {constant: unemployment-rate}
                  breakdown: {dimensions: {SEX: SEX, AGE: AGE}}
                  period: {from: TIME_PERIOD}
                  value: {from: OBS_VALUE}
                  unit: {constant: PERCENT}
                """);
    }

    @Test
    void deletionsWithOpenDimensionsCloseWhatTheyMeanOnTheirDayAndNothingElse() throws IOException {
        receive(
                """
                dataflow,X:U(1.0),R,F,Y15T24,UKC,2019,5.1
                dataflow,X:U(1.0),R,M,Y15T24,UKC,2019,6.1
                dataflow,X:U(1.0),R,F,,UKC,2019,4.1
                dataflow,X:U(1.0),R,F,Y15T24,UKD,2019,5.2
                dataflow,X:U(1.0),R,F,Y15T24,UKD,2020,5.3
                """);
        // every age of women in one region, of which one is stated anew; then a message that only deletes
        receive(
                """
                dataflow,X:U(1.0),D,F,,UKC,,
                dataflow,X:U(1.0),A,F,Y15T24,UKC,2020,7.0
                """);
        receive("dataflow,X:U(1.0),D,,,,2019,\n");

        assertThat(known("2026-03-01")).isEqualTo("5.1 6.1 4.1 5.2 5.3");
        assertThat(known("2026-03-02")).isEqualTo("6.1 5.2 5.3 7.0");
        assertThat(known("2026-03-03")).isEqualTo("5.3 7.0");
    }

    private void receive(String rows) throws IOException {
        Files.writeString(office.received("unemployment.csv"), HEADER + rows);
        for (String[] step :
                new String[][] {{"ingest", "unemployment", "regions"}, {"validate"}, {"harmonise", "regions", "census"}
                }) {
            OfficeCopy.Ended ended = office.doughnut(clock, step);
            assertThat(ended.code()).as(ended.err() + ended.out()).isZero();
        }
        clock = Clock.offset(clock, Duration.ofDays(1));
    }

    /** The figures known at the end of a day. */
    private String known(String day) {
        Lake lake = new Lake(SparkTest.session(), office.storage.toUri().toString());
        String end = "timestamp'" + day + " 23:59:59'";
        return lake
                .read(Table.harmonised("census"))
                .orElseThrow()
                .where("source = 'unemployment' and vintage <= " + end + " and (superseded is null or superseded > "
                        + end + ")")
                .orderBy("vintage", "line")
                .collectAsList()
                .stream()
                .map(row -> String.valueOf(row.<Double>getAs("value")))
                .collect(Collectors.joining(" "));
    }
}

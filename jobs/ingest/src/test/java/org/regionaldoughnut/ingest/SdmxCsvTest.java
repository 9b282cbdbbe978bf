package org.regionaldoughnut.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.office.Format;

class SdmxCsvTest {
    private static final Format FORMAT = Format.of("sdmx-csv");
    private static final Map<String, String> COLUMNS = Map.of(
            "region", "=geo",
            "period", "=TIME_PERIOD",
            "value", "=OBS_VALUE",
            "obs_status", "=OBS_FLAG",
            "conf_status", "=CONF_STATUS");

    @TempDir
    Path folder;

    @Test
    void eurostatsTablesWithLabelsAreReadWhole() {
        Map<String, Long> rows = Map.of(
                "Food_waste", 88L,
                "GHG_emissions", 595L,
                "Recycling_rate_of_municipal_waste", 764L,
                "Resource_productivity", 765L,
                "municipal_waste_per_capita", 824L);
        rows.forEach((name, count) -> {
            Ingested table = Ingested.of(
                    folder.resolve(name),
                    Ingested.received("eu/sdmx_csv_2025/" + name + ".csv"),
                    FORMAT,
                    null,
                    COLUMNS);
            assertThat(table.result.quarantined()).as(name).isZero();
            assertThat(table.result.kept()).as(name).isEqualTo(count);
            if (name.startsWith("Resource")) {
                assertThat(table.raw("region", "period", "value", "obs_status", "line"))
                        .contains("AT|2000|100.0|null|2", "AT|2001|104.134|b|3", "AT|2002|99.511|b|4");
            }
        });
    }

    @Test
    void theFirstVersionIsReadWithAndWithoutLabelsInOneCell() throws IOException {
        Path plain = write(
                "plain.csv",
                """
                DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS
                ESTAT:NAMA_10_GDP(1.0),28/08/26 23:00:00,Q,CP_MEUR,DE,2026-Q1,1100.5,p,
                ESTAT:NAMA_10_GDP(1.0),28/08/26 23:00:00,Q,CP_MEUR,FR,2026-Q1,,c,C
                """);
        Ingested table = Ingested.of(folder.resolve("p"), plain, FORMAT, null, COLUMNS);
        assertThat(table.raw("region", "period", "value", "obs_status", "conf_status", "action"))
                .containsExactly("DE|2026-Q1|1100.5|p|null|null", "FR|2026-Q1|null|c|C|null");

        Path labelled = write(
                "labelled.csv",
                """
                DATAFLOW,freq: Frequency,geo: Reporting entity,TIME_PERIOD: Time,OBS_VALUE: Value,OBS_FLAG: Flag
                ESTAT:X(1.0): GDP,Q: Quarterly,"DE: Germany: all of it, today",2026-Q1,1100.5,p: provisional
                """);
        Ingested both = Ingested.of(
                folder.resolve("l"),
                labelled,
                FORMAT,
                null,
                Map.of(
                        "region", "=geo",
                        "breakdown", "=Reporting entity",
                        "period", "=TIME_PERIOD",
                        "value", "=OBS_VALUE",
                        "obs_status", "=OBS_FLAG"));
        assertThat(both.raw("region", "breakdown", "period", "value", "obs_status"))
                .containsExactly("DE|Germany: all of it, today|2026-Q1|1100.5|p");
    }

    @Test
    void theActionOfEachRowIsKeptAndAnUnknownOneIsSetAside() throws IOException {
        Path file = write(
                "actions.csv",
                """
                STRUCTURE;STRUCTURE_ID;ACTION;geo;TIME_PERIOD;OBS_VALUE
                dataflow;ESTAT:X(1.0);A;AT;2020;1
                dataflow;ESTAT:X(1.0);R;BE;2020;2
                dataflow;ESTAT:X(1.0);D;CZ;2020;
                dataflow;ESTAT:X(1.0);M;DE;2020;4
                dataflow;ESTAT:X(1.0);I;EE;2020;5
                dataflow;ESTAT:X(1.0);Q;FI;2020;6
                """);
        Format semicolons = new Format(
                "sdmx-csv",
                ";",
                null,
                null,
                1,
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                false,
                List.of(""),
                java.util.Optional.empty(),
                java.util.Optional.empty());
        Ingested table = Ingested.of(
                folder.resolve("s"),
                file,
                semicolons,
                null,
                Map.of("region", "=geo", "period", "=TIME_PERIOD", "value", "=OBS_VALUE"));
        assertThat(table.raw("region", "action"))
                .containsExactly("AT|append", "BE|replace", "CZ|delete", "DE|merge", "EE|null");
        assertThat(table.quarantined("line", "message"))
                .singleElement()
                .asString()
                .startsWith("7|Cannot tell what");
    }

    /** SDMX 3.1, section 3A, part IV: the value of an omitted dimension does not matter to a deletion. */
    @Test
    void aRowThatDeletesMayLeaveDimensionsOpenAndNoOtherRowMay() throws IOException {
        Path file = write(
                "open.csv",
                """
                STRUCTURE,STRUCTURE_ID,ACTION,unit,geo,sex,age,TIME_PERIOD,OBS_VALUE
                dataflow,ESTAT:X(1.0),D,PC,AT,F,,2020,
                dataflow,ESTAT:X(1.0),D,,AT,,,2021,
                dataflow,ESTAT:X(1.0),D,PC,,F,Y15,,
                dataflow,ESTAT:X(1.0),D,NR,,,,,
                dataflow,ESTAT:X(1.0),R,PC,,F,,2020,3
                dataflow,ESTAT:X(1.0),R,PC,BE,F,,2020,4
                """);
        Ingested table = Ingested.of(
                folder.resolve("s"),
                file,
                FORMAT,
                "unit = 'PC'",
                Map.of(
                        "region", "=geo",
                        "breakdown", "{sex,age}",
                        "period", "=TIME_PERIOD",
                        "value", "=OBS_VALUE"));
        assertThat(table.raw("line", "region", "breakdown", "period", "value", "action"))
                .containsExactly(
                        "2|AT|age=*;sex=F|2020|null|delete",
                        "3|AT|*|2021|null|delete",
                        "4|*|age=Y15;sex=F|*|null|delete",
                        "7|BE|sex=F|2020|4.0|replace");
        assertThat(table.quarantined("line", "message")).containsExactly("6|Cannot fill column 'region': it is empty.");
    }

    @Test
    void whatIsNoSdmxOrNamesAConceptTwiceIsRefused() throws IOException {
        Path other = write("other.csv", "geo,TIME_PERIOD,OBS_VALUE\nAT,2020,1\n");
        assertThatThrownBy(() -> Ingested.of(folder.resolve("s"), other, FORMAT, null, COLUMNS))
                .isInstanceOf(DoughnutException.class)
                .hasMessageContaining("begins with the column DATAFLOW or STRUCTURE, not 'geo'");
        Path twice = write("twice.csv", "STRUCTURE,STRUCTURE_ID,geo,geo,TIME_PERIOD,OBS_VALUE\nd,x,AT,AT,2020,1\n");
        assertThatThrownBy(() -> Ingested.of(folder.resolve("s"), twice, FORMAT, null, COLUMNS))
                .isInstanceOf(DoughnutException.class)
                .hasMessageContaining("the column 'geo' is there twice");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}

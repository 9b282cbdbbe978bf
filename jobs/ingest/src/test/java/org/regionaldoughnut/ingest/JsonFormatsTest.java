package org.regionaldoughnut.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.office.Format;

class JsonFormatsTest {
    /** Answer of Eurostat's statistics API, as the README of the data quotes it. */
    private static final String EUROSTAT =
            """
            {"version":"2.0","class":"dataset","label":"GDP","source":"ESTAT","value":{"0":3989390.0,"1":4219310.0,"2":2653997.2,"3":2833826.4},
             "id":["freq","unit","na_item","geo","time"],"size":[1,1,1,2,2],
             "dimension":{"freq":{"category":{"index":{"A":0}}},"unit":{"category":{"index":{"CP_MEUR":0}}},"na_item":{"category":{"index":{"B1GQ":0}}},
             "geo":{"category":{"index":{"DE":0,"FR":1}}},"time":{"category":{"index":{"2022":0,"2023":1}}}}}
            """;

    private static final Map<String, String> CUBE = Map.of(
            "region", "=geo",
            "breakdown", "unit",
            "period", "=time",
            "value", "=OBS_VALUE",
            "obs_status", "=OBS_FLAG");

    @TempDir
    Path folder;

    @Test
    void valuesOfACubeFindTheirCategoriesByTheirFlatIndex() throws IOException {
        Ingested table = cube(EUROSTAT);
        assertThat(table.raw("region", "period", "value", "cell", "received"))
                .containsExactly(
                        "DE|2022|3989390.0|1|3989390.0",
                        "DE|2023|4219310.0|2|4219310.0",
                        "FR|2022|2653997.2|3|2653997.2",
                        "FR|2023|2833826.4|4|2833826.4");
    }

    @Test
    void sparseValuesStatusAndIndexListsAreRead() throws IOException {
        Ingested table = cube(EUROSTAT.replace(
                        "\"value\":{\"0\":3989390.0,\"1\":4219310.0,\"2\":2653997.2,\"3\":2833826.4}",
                        "\"value\":{\"3\":2833826.4},\"status\":{\"3\":\"p\",\"1\":\"c\"}")
                .replace("\"index\":{\"DE\":0,\"FR\":1}", "\"index\":[\"DE\",\"FR\"]"));
        // a cell without a figure that has a flag is told, one without either is not there
        assertThat(table.raw("region", "period", "value", "obs_status"))
                .containsExactly("DE|2023|null|c", "FR|2023|2833826.4|p");

        Ingested list = cube(EUROSTAT.replace(
                "\"value\":{\"0\":3989390.0,\"1\":4219310.0,\"2\":2653997.2,\"3\":2833826.4}",
                "\"value\":[1,null,\"3\",4.5],\"status\":\"e\""));
        assertThat(list.raw("region", "period", "value", "obs_status"))
                .containsExactly("DE|2022|1.0|e", "DE|2023|null|e", "FR|2022|3.0|e", "FR|2023|4.5|e");
    }

    @Test
    void aCellBeyondTheCubeIsSetAsideAndABrokenCubeIsRefused() throws IOException {
        Ingested table = cube(EUROSTAT.replace("\"3\":2833826.4", "\"9\":2833826.4,\"8\":{\"a\":1}"));
        assertThat(table.quarantined("message"))
                .anySatisfy(m -> assertThat(m).contains("the cell 9 is beyond the 4 cells"));
        for (String broken : new String[] {
            EUROSTAT.substring(0, 200),
            EUROSTAT.replace("\"size\":[1,1,1,2,2]", "\"size\":[1,1,1,2,3]"),
            EUROSTAT.replace("\"id\":[\"freq\",\"unit\"", "\"id\":[\"freq\",\"freq\""),
            EUROSTAT.replace("\"geo\":{", "\"land\":{"),
            EUROSTAT.replace("{\"DE\":0,\"FR\":1}", "{\"DE\":0,\"FR\":7}"),
            EUROSTAT.replace("\"dataset\"", "\"collection\""),
            "[1,2]",
            "x"
        }) {
            assertThatThrownBy(() -> cube(broken)).as(broken).isInstanceOf(DoughnutException.class);
        }
    }

    @Test
    void anObjectALineIsReadWithItsNestedKeys() throws IOException {
        Path file = Files.writeString(
                folder.resolve("figures.jsonl"),
                """
                {"area":{"code":"N1","name":"north"},"year":2019,"rate":1.50,"tags":[1,"a"]}

                {"area":{"code":"N2"},"rate":null,"year":"2020","more":true}
                {"area":{"code":"N3"},"year":2020,"rate":"NaN"}
                {"area":{"code":"N4"},"year":2020,"rate":1
                [1,2]
                {"area":{"code":"N5"},"year":2020,"year":2021}
                """);
        Ingested table = Ingested.of(
                folder.resolve("s"),
                file,
                Format.of("json-lines"),
                null,
                Map.of("region", "=area.code", "breakdown", "tags", "period", "=year", "value", "=rate"));
        assertThat(table.raw("region", "breakdown", "period", "value", "line", "received"))
                .containsExactly("N1|[1,\"a\"]|2019|1.5|1|1.50", "N2|null|2020|null|3|null");
        assertThat(table.quarantined("line", "message"))
                .satisfiesExactly(
                        m -> assertThat(m).startsWith("4|Cannot read 'NaN' as a number"),
                        m -> assertThat(m).startsWith("5|the line is no JSON object"),
                        m -> assertThat(m).startsWith("6|the line is no JSON object: it does not begin with a brace"),
                        m -> assertThat(m).startsWith("7|the line is no JSON object: Duplicate field 'year'"));
    }

    private int made;

    private Ingested cube(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("cube" + ++made + ".json"), text);
        return Ingested.of(folder.resolve("s" + made), file, Format.of("json-stat"), null, CUBE);
    }
}

package org.regionaldoughnut.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.office.Format;

class EurostatTsvTest {
    private static final Format FORMAT = Format.of("eurostat-tsv");
    private static final Map<String, String> OLD = Map.of(
            "region", "=geo",
            "breakdown", "=unit",
            "period", "=time",
            "value", "=OBS_VALUE",
            "obs_status", "=OBS_FLAG");

    @TempDir
    Path folder;

    @Test
    void theOldTableHasAllItsCellsWithValueAndFlagApart() {
        Ingested table = Ingested.of(folder, Ingested.received("eu/eurostat_tsv_2017/ilc_li41.tsv"), FORMAT, null, OLD);
        // 201 lines of 14 years, 30 % of them missing (README of the data)
        assertThat(table.result.cellsIn()).isEqualTo(201 * 14);
        assertThat(table.result.quarantined()).isZero();
        assertThat(table.raw("region", "period", "value", "obs_status", "received", "line", "cell"))
                .contains(
                        "AT|2014|13.2|e|13.2 e|2|4",
                        "AT|2016|null|null|:|2|2",
                        "AT11|2009|7.9|e|7.9 e|3|9",
                        "AT13|2008|19.5|e|19.5 e|5|10");
        long missing = table.raw().where(functions.col("value").isNull()).count();
        assertThat((double) missing / table.result.cellsIn()).isBetween(0.29, 0.31);
    }

    @Test
    void theTransposedTableHasCountriesInItsColumns() {
        Ingested table = Ingested.of(
                folder, Ingested.received("eu/eurostat_tsv_2017/lfso_14leeow.tsv"), FORMAT, "time = '2014'", OLD);
        assertThat(table.result.cellsIn()).isEqualTo(2071 * 27L);
        assertThat(table.result.quarantined()).isZero();
        assertThat(table.raw("region", "period", "value", "obs_status", "line"))
                .contains("DE|2014|null|c|2", "SE|2014|null|u|3");
        assertThat(table.raw().select("region").distinct().count()).isEqualTo(27);
    }

    @Test
    void theNewTableNamesItsPeriodAndMixesLevels() {
        Ingested table = Ingested.of(
                folder,
                Ingested.received("eu/eurostat_tsv_2024/estat_nama_10r_3gdp.tsv"),
                FORMAT,
                null,
                Map.of(
                        "region", "=geo",
                        "breakdown", "=unit",
                        "period", "=TIME_PERIOD",
                        "value", "=OBS_VALUE",
                        "obs_status", "=OBS_FLAG"));
        assertThat(table.result.cellsIn()).isEqualTo(12453 * 23L);
        assertThat(table.result.quarantined()).isZero();
        Map<Object, Object> flags = new java.util.TreeMap<>();
        table.raw()
                .where("obs_status is not null and value is not null")
                .groupBy("obs_status")
                .count()
                .collectAsList()
                .forEach(row -> flags.put(row.get(0), row.get(1)));
        // counts of flags: README of the data
        assertThat(flags).containsEntry("e", 13545L).containsEntry("p", 3747L).containsEntry("d", 12L);
        assertThat(table.raw()
                        .where("region = 'AL' and period = '2021' and breakdown = 'EUR_HAB'")
                        .head()
                        .<Double>getAs("value"))
                .isEqualTo(5400);
    }

    @Test
    void flagsAreCutFromTheFigureHoweverTheyAreGlued() throws IOException {
        Path file = write("unit,geo\\time\t2016 \t2015 \t2014 \t2013 \t2012 \t2011 \t2010 \n"
                + "PC,AT\t4.1 bu\t0n\t: c\t:u\t-3.5e\t1e3\tn.a.\n");
        Ingested table = Ingested.of(folder.resolve("s"), file, FORMAT, null, OLD);
        assertThat(table.raw("period", "value", "obs_status", "received"))
                .containsExactly(
                        "2016|4.1|bu|4.1 bu",
                        "2015|0.0|n|0n",
                        "2014|null|c|: c",
                        "2013|null|u|:u",
                        "2012|-3.5|e|-3.5e",
                        "2011|1000.0|null|1e3");
        assertThat(table.quarantined("line", "cell", "received")).containsExactly("2|8|n.a.");
    }

    @Test
    void aLineThatLacksADimensionOrAColumnIsSetAside() throws IOException {
        Path file = write("unit,geo\\time\t2016 \t2015 \nPC\t1 \t2 \nPC,AT\t3 \nPC,BE\t4 \t5 \n");
        Ingested table = Ingested.of(folder.resolve("s"), file, FORMAT, null, OLD);
        assertThat(table.raw("region", "value")).containsExactly("BE|4.0", "BE|5.0");
        assertThat(table.quarantined("line", "message"))
                .satisfiesExactly(
                        m -> assertThat(m).startsWith("2|the header names 2 dimensions, this line has 1"),
                        m -> assertThat(m).startsWith("3|the header has 2 columns, this line has another number, 1"));
    }

    @Test
    void aHeaderWithoutDimensionsOrWithOneTwiceIsRefused() throws IOException {
        for (String header :
                new String[] {"geo\t2016", "unit,geo,geo\\time\t2016", "unit,\\time\t2016", "geo\\time\t2016\t2016"}) {
            Path file = write(header + "\nPC,AT\t1\n");
            assertThatThrownBy(() -> Ingested.of(folder.resolve("s"), file, FORMAT, null, OLD))
                    .as(header)
                    .isInstanceOf(DoughnutException.class)
                    .hasMessageContaining("line 1 is no header of this format");
        }
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("table.tsv"), text);
    }
}

package org.regionaldoughnut.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.OfficeReader;
import org.regionaldoughnut.office.Source;

/** The presets that are shipped, on the publishers' own files or on the samples their documentation gives. */
class PresetsTest {
    @TempDir
    Path folder;

    private IngestResult result;

    @Test
    void baciHasDollarsKilogramsAndTheZerosOfItsProducts() throws IOException {
        Dataset<Row> rows = read(
                "cepii-baci",
                Ingested.received("world/trade/baci/BACI_ZAF_AFG_exports_2021.csv"),
                "",
                "region_scheme: {constant: ISO-NUMERIC}",
                "product_scheme: {constant: HS2017}");
        assertThat(result.cellsIn()).isEqualTo(71_192);
        assertThat(result.quarantined()).isZero();
        Row first = rows.where("line = 2").head();
        assertThat(first.<String>getAs("product")).isEqualTo("382390");
        assertThat(first.<Double>getAs("value")).isEqualTo(52_051.0);
        assertThat(first.<Double>getAs("net_mass_kg")).isEqualTo(13_235.0);
        assertThat(rows.where("length(product) <> 6").count()).isZero();
        assertThat(rows.where("product like '0%'").count()).isPositive();
        // NA stands in 3.2 % of the rows (README of the data)
        assertThat((double) rows.where("net_mass_kg is null").count() / 71_192).isBetween(0.03, 0.034);
    }

    @Test
    void worldBankIndicatorsAreReadBelowTheirPreambleAndPastTheirLastComma() throws IOException {
        Dataset<Row> rows = read(
                "world-bank-wdi",
                Ingested.received("world/census/wdi_native/API_AG.LND.TOTL.K2_DS2_en_csv_v2_4661929.csv"),
                "",
                "region_scheme: {constant: ISO-3}",
                "variable: {constant: land-area}",
                "unit: {constant: KM2}");
        assertThat(result.quarantined()).isZero();
        Row aruba = rows.where("region = 'ABW' and period = '1961'").head();
        assertThat(aruba.<Double>getAs("value")).isEqualTo(180);
        assertThat(aruba.<Long>getAs("line")).isEqualTo(6);
    }

    @Test
    void comtradeOldAndNewBecomeTheSameRowsWithoutTheWorldTwice() throws IOException {
        Path old = folder.resolve("old.csv");
        Files.writeString(
                old,
                """
                Classification,Year,Period,Period Desc.,Aggregate Level,Is Leaf Code,Trade Flow Code,Trade Flow,Reporter Code,Reporter,Reporter ISO,Partner Code,Partner,Partner ISO,Commodity Code,Commodity,Qty Unit Code,Qty Unit,Qty,Netweight (kg),Trade Value (US$),Flag
                H4,2012,2012,2012,2,0,1,Import,826,United Kingdom,GBR,0,World,WLD,01,Live animals,1,No Quantity,,,635945091,0
                H4,2012,2012,2012,2,0,2,Export,826,United Kingdom,GBR,0,World,WLD,01,Live animals,1,No Quantity,,,578096126,0
                H4,2012,2012,2012,2,0,2,Export,826,United Kingdom,GBR,4,Afghanistan,AFG,01,Live animals,1,No Quantity,,,20607,0
                """
                        .replace("\n", "\r\n"));
        List<String> expected = List.of("GBR|AFG|export|HS2012|01|2012|20607.0|USD|null");
        assertThat(trade(read("un-comtrade-legacy", old, "", "region_scheme: {constant: ISO-3}")))
                .isEqualTo(expected);

        String header =
                "typeCode,freqCode,refPeriodId,refYear,refMonth,period,reporterCode,reporterISO,reporterDesc,flowCode,flowDesc,partnerCode,partnerISO,partnerDesc,partner2Code,partner2ISO,partner2Desc,classificationCode,classificationSearchCode,isOriginalClassification,cmdCode,cmdDesc,aggrLevel,isLeaf,customsCode,customsDesc,mosCode,motCode,motDesc,qtyUnitCode,qtyUnitAbbr,qty,isQtyEstimated,altQtyUnitCode,altQtyUnitAbbr,altQty,isAltQtyEstimated,netWgt,isNetWgtEstimated,grossWgt,isGrossWgtEstimated,cifvalue,fobvalue,primaryValue,legacyEstimationFlag,isReported,isAggregate\n";
        String row =
                "C,A,20120101,2012,52,2012,826,GBR,\"Royaume-Uni, côté\",X,Export,PARTNER,Afghanistan,0,W00,World,H4,HS,True,01,Live animals,2,False,C00,TOTAL,0,0,TOTAL,-1,N/A,,False,-1,N/A,,False,,False,,False,,20607,20607,0,True,False\n";
        Path present = Files.write(
                folder.resolve("new.csv"),
                (header + row.replace("PARTNER", "0,W00") + row.replace("PARTNER", "4,AFG"))
                        .getBytes(Charset.forName("ISO-8859-1")));
        assertThat(trade(read(
                        "un-comtrade", present, "format: {encoding: ISO-8859-1}", "region_scheme: {constant: ISO-3}")))
                .isEqualTo(expected);
        assertThat(result.quarantined()).isZero();
    }

    @Test
    void ourWorldInDataHasOneColumnForEachVariable() throws IOException {
        Dataset<Row> rows = read(
                "owid",
                Ingested.received("world/emissions/owid-co2-data_2020-12-09.csv"),
                "contract: census\nwhere: iso_code is not null",
                "region_scheme: {constant: ISO-3}",
                "variable: {constant: co2}",
                "breakdown: {constant: _T}",
                "unit: {constant: t}",
                "value: {from: consumption_co2, multiply: 1000000}");
        assertThat(result.quarantined()).isZero();
        assertThat(rows.where("region = 'GBR' and period = '2017'").head().<Double>getAs("value"))
                .isEqualTo(556.498 * 1_000_000);
    }

    @Test
    void openSdgTablesKeepTheirStatus() throws IOException {
        Dataset<Row> rows = read(
                "open-sdg",
                Ingested.received("uk/census/ons_sdg/indicator_11-6-1.csv"),
                "where: \"GeoCode like 'E12%' and `Waste collection authority` is null\"",
                "region_scheme: {constant: GSS}",
                "variable: {constant: waste}",
                "breakdown: {dimensions: {WST_OPER: Disposal method}}",
                "unit: {constant: PERCENT}");
        assertThat(result.quarantined()).isZero();
        Row east = rows.where("region = 'E12000006' and period = '2000-04-01/P1Y' and breakdown = 'WST_OPER=Landfill'")
                .head();
        assertThat(east.<Double>getAs("value")).isEqualTo(82);
        assertThat(east.<String>getAs("obs_status")).isEqualTo("Normal value");
    }

    @Test
    void eurostatsTsvAndSdmxCsvAreReadByTheSameFewLines() throws IOException {
        String columns = "region_scheme: {constant: NUTS}";
        Dataset<Row> tsv = read(
                "eurostat-tsv",
                Ingested.received("eu/eurostat_tsv_2017/gz/ilc_li41.tsv.gz"),
                "contract: census",
                columns,
                "variable: {constant: poverty}",
                "breakdown: {constant: _T}",
                "unit: {constant: PERCENT}");
        assertThat(result.cellsIn()).isEqualTo(201 * 14);
        assertThat(tsv.where("region = 'AT' and period = '2014'").head().<String>getAs("obs_status"))
                .isEqualTo("e");
    }

    private static List<String> trade(Dataset<Row> rows) {
        return rows
                .select(
                        "region",
                        "partner",
                        "flow",
                        "product_scheme",
                        "product",
                        "period",
                        "value",
                        "currency",
                        "net_mass_kg")
                .collectAsList()
                .stream()
                .map(row -> row.toSeq().mkString("|"))
                .toList();
    }

    private Dataset<Row> read(String preset, Path file, String keys, String... columns) throws IOException {
        Path office = Files.createDirectories(folder.resolve("office-" + preset));
        Files.createDirectories(office.resolve("sources"));
        Files.writeString(
                office.resolve("office.yaml"),
                """
                id: %s
                title: Presets
                time_zone: UTC
                regions: {frame: ANY, root: A}
                doughnut: {years: [2019], levels: [NUTS1]}
                boundary_set: uk-2019
                """
                        .formatted(office.getFileName()));
        Files.writeString(
                office.resolve("sources/received.yaml"),
                """
                id: received
                title: Received
                publisher: somebody
                licence: CC0-1.0
                preset: %s
                location: {path: "%s"}
                %s
                columns:
                  %s
                """
                        .formatted(preset, file, keys, String.join("\n  ", columns)));
        Path home = Path.of(System.getProperty("project.root"));
        Office read = new OfficeReader(home, Map.of(), folder).read(office.toString(), List.of());
        Source source = read.sources().get("received");
        Lake lake = new Lake(
                SparkTest.session(), folder.resolve("lake-" + preset).toUri().toString());
        result = new Ingest(lake)
                .read(
                        source,
                        read.contracts().get(source.contract()),
                        Receipt.of(source, 1 << 22),
                        false,
                        "run",
                        Write.of("ingest", "received", 1));
        assertThat(result.kept() + result.quarantined()).isEqualTo(result.cellsIn());
        return lake.read(Table.raw("received")).orElseThrow();
    }
}

package org.regionaldoughnut.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.office.Contract;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.OfficeReader;

/** An invented office of two regions, and the statistics of a run of it. */
final class Statistics {
    private static final Path PROJECT = Path.of(System.getProperty("project.root"));
    private static final Timestamp VINTAGE = Timestamp.from(Instant.parse("2020-10-15T08:30:00.123456Z"));

    private Statistics() {}

    /** The office lies beside its home, which has the project's schemas and no shared catalogue. */
    static Office office(Path folder) throws IOException {
        return office(folder, "");
    }

    /** @param more further lines of office.yaml */
    static Office office(Path folder, String more) throws IOException {
        Path home = Files.createDirectories(folder.resolve("home/conf")).getParent();
        Files.createSymbolicLink(home.resolve("schemas"), PROJECT.resolve("schemas"));
        Files.copy(PROJECT.resolve("conf/doughnut.yaml"), home.resolve("conf/doughnut.yaml"));
        Path isle = folder.resolve("isle");
        Files.createDirectories(isle.resolve("sources"));
        Files.createDirectories(isle.resolve("boundaries"));
        Files.writeString(
                isle.resolve("boundaries/isle-2019.yaml"),
                """
                id: isle-2019
                title: Boundaries of the Isle
                description: None yet.
                source: invented
                boundaries: []
                floors: []
                """);
        Files.writeString(
                isle.resolve("office.yaml"),
                """
                id: isle
                title: The Isle
                time_zone: Pacific/Auckland
                regions: {frame: ISLE, root: I}
                doughnut: {years: [2019], levels: [NUTS1]}
                boundary_set: isle-2019
                """
                        + more);
        Files.writeString(
                isle.resolve("sources/isle-census.yaml"),
                """
                id: isle-census
                title: Census of the Isle
                publisher: Statistics Isle
                licence: CC-BY-4.0
                url: https://example.org/census
                contract: census
                location: {path: census.csv}
                format: {kind: csv}
                columns:
                  region: Area
                  region_scheme: {constant: ISLE}
                  variable: {constant: population}
                  breakdown: {constant: _T}
                  period: Year
                  value: {from: People}
                  unit: {constant: people}
                """);
        return read(folder);
    }

    /** The office as its files stand now. */
    static Office read(Path folder) {
        return new OfficeReader(folder.resolve("home"), Map.of(), folder)
                .read(folder.resolve("isle").toString(), List.of());
    }

    /** Writes the three tables; the seed decides the order of the rows and the files they lie in. */
    static void write(Lake lake, Office office, String run, long seed) {
        List<Map<String, Object>> indicators = new ArrayList<>();
        List<Map<String, Object>> doughnut = new ArrayList<>();
        for (String region : List.of("I", "I1", "I2")) {
            for (int n = 0; n < 20; n++) {
                indicators.add(indicator("indicator-" + n, "_T", region, n * 1.25, run));
            }
            indicators.add(indicator("indicator-1", "SEX=F", region, 1, run));
            doughnut.add(slot("isle-2019", region, run));
            doughnut.add(slot("other", region, run));
        }
        Map<String, Object> secret = indicator("indicator-0", "_T", "I3", 7, run);
        secret.put("conf_status", "C");
        indicators.add(secret);
        List<Map<String, Object>> regions = new ArrayList<>(List.of(
                values("code", "I", "scheme", "ISLE", "name", "The \"Isle\", all", "level", "NUTS0"),
                values("code", "I1", "scheme", "ISLE", "name", "North", "level", "NUTS1", "parent", "I"),
                values("code", "I2", "scheme", "ISLE", "name", "Zuid é", "level", "NUTS1", "parent", "I")));
        save(lake, new Table("statistics", "indicators"), rows(lake, office, "indicators", indicators, seed));
        save(lake, new Table("statistics", "doughnut"), rows(lake, office, "doughnut", doughnut, seed));
        save(lake, Table.harmonised("regions"), rows(lake, office, "regions", regions, seed));
    }

    private static void save(Lake lake, Table table, Dataset<Row> rows) {
        lake.replace(table, rows, null, Write.of("test", table.toString(), lake.version(table) + 1));
    }

    private static Map<String, Object> indicator(String id, String breakdown, String region, double value, String run) {
        return values(
                "indicator",
                id,
                "breakdown",
                breakdown,
                "region",
                region,
                "period",
                "2019",
                "year",
                2019,
                "value",
                value,
                "unit",
                "t, dry",
                "origin",
                "published",
                "obs_status",
                "A",
                "conf_status",
                "F",
                "vintage",
                VINTAGE,
                "run",
                run);
    }

    private static Map<String, Object> slot(String set, String region, String run) {
        return values(
                "framework",
                "doughnut",
                "boundary_set",
                set,
                "lens",
                "local-social",
                "ring",
                "social",
                "dimension",
                "food",
                "indicator",
                "_Z",
                "breakdown",
                "_T",
                "region",
                region,
                "period",
                "2019",
                "year",
                2019,
                "in_median",
                false,
                "reason",
                "no indicator",
                "obs_status",
                "O",
                "run",
                run);
    }

    private static Map<String, Object> values(Object... pairs) {
        Map<String, Object> values = new java.util.HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put((String) pairs[i], pairs[i + 1]);
        }
        return values;
    }

    private static Dataset<Row> rows(
            Lake lake, Office office, String contract, List<Map<String, Object>> values, long seed) {
        List<Contract.Column> columns = office.contracts().get(contract).columns();
        StructType schema = StructType.fromDDL(columns.stream()
                .map(column -> column.name() + " " + column.physicalType())
                .collect(java.util.stream.Collectors.joining(", ")));
        List<Row> rows = new ArrayList<>();
        for (Map<String, Object> value : values) {
            rows.add(RowFactory.create(
                    columns.stream().map(column -> value.get(column.name())).toArray()));
        }
        Collections.shuffle(rows, new Random(seed));
        return lake.spark().createDataFrame(rows, schema).repartition((int) (1 + seed % 4));
    }
}

package org.regionaldoughnut.harmonise;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.office.Control;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.OfficeReader;
import org.regionaldoughnut.office.QualityRule;

@ExtendWith(SparkTest.class)
class HarmoniseTest {
    private static final Office OFFICE = new OfficeReader(
                    Path.of(System.getProperty("project.root", "../..")), Map.of(), Path.of(""))
            .read("uk", List.of("data=."));
    private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant SECOND = Instant.parse("2021-01-01T00:00:00Z");
    private static final Instant THIRD = Instant.parse("2022-01-01T00:00:00Z");
    private static final RegionTree TREE = new RegionTree(List.of(
            region("UK", "NUTS0", null),
            region("UKC", "NUTS1", "UK"),
            region("UKE", "NUTS1", "UK"),
            region("E07000026", "LAU", "UKC")));

    @TempDir
    Path folder;

    private Lake lake;
    private long step;

    @BeforeEach
    void open(SparkSession spark) {
        lake = new Lake(spark, folder.toUri().toString());
    }

    @Test
    void aRegionWithSeveralParentsGetsTheirNearestCommonAncestor() {
        raw(
                "lau-uk-2018",
                REGION,
                List.of(
                        regionRow("UK", "NUTS0", null),
                        regionRow("UKM", "NUTS1", "UK"),
                        regionRow("UKM6", "NUTS2", "UKM"),
                        regionRow("UKM9", "NUTS2", "UKM"),
                        regionRow("UKM63", "NUTS3", "UKM6"),
                        regionRow("UKM93", "NUTS3", "UKM9"),
                        regionRow("S12000021", "LAU", "UKM63"),
                        regionRow("S12000021", "LAU", "UKM93")));
        new Regions(lake, "UK-NUTS-2016")
                .harmonise(List.of(new AcceptedBatch("lau-uk-2018", "b1", "", FIRST, "m")), Write.of("h", "r", 1));
        Region ayrshire = Regions.tree(lake).region("S12000021").orElseThrow();
        assertThat(ayrshire.parent()).contains("UKM");
        assertThat(ayrshire.partial()).containsExactly("UKM6", "UKM63", "UKM9", "UKM93");
        assertThat(Regions.tree(lake).straddlers("UKM6")).containsExactly("S12000021");
    }

    @Test
    void codesNamesUnitsAndStatusesBecomeTheOfficesOwn() {
        raw(
                "ons-sdg-5-5-2",
                CENSUS,
                List.of(
                        census(
                                "b1",
                                2,
                                "E12000001",
                                "GSS",
                                "women-among-managers",
                                "2019",
                                40.0,
                                "PERCENT",
                                "Normal value"),
                        census(
                                "b1",
                                3,
                                "Yorkshire and the Humber",
                                "ONS-REGION-NAME",
                                "women-among-managers",
                                "2019",
                                41.0,
                                "PERCENT",
                                "Estimated value"),
                        census(
                                "b1",
                                4,
                                "E12000001",
                                "GSS",
                                "women-among-managers",
                                "2018",
                                null,
                                "PERCENT",
                                "Normal value"),
                        census("b1", 5, "E12000001", "GSS", "area", "2019", 250.0, "ha", null),
                        census("b1", 6, "E12000099", "GSS", "women-among-managers", "2019", 1.0, "PERCENT", null),
                        census("b1", 7, "E12000001", "GSS", "area", "2017", 1.0, "persons", null)));
        HarmoniseResult result = facts(List.of(new AcceptedBatch("ons-sdg-5-5-2", "b1", "", FIRST, "m")));
        assertThat(result.rowsIn()).isEqualTo(6);
        assertThat(result.rowsOut()).isEqualTo(4);
        assertThat(result.quarantined()).isEqualTo(2);
        assertThat(rows("line", "region", "value", "unit", "obs_status", "year"))
                .containsExactly(
                        "2|UKC|40.0|PERCENT|A|2019",
                        "3|UKE|41.0|PERCENT|E|2019",
                        "4|UKC|null|PERCENT|O|2018",
                        "5|UKC|2.5|km2|A|2019");
        List<String> messages =
                lake.read(Table.quarantine("ons-sdg-5-5-2")).orElseThrow().orderBy("line").collectAsList().stream()
                        .map(row -> row.<Long>getAs("line") + ": " + row.getAs("message"))
                        .toList();
        assertThat(messages.get(0)).startsWith("6: Cannot place the region 'E12000099' of the scheme GSS");
        assertThat(messages.get(1)).startsWith("7: Cannot convert the unit 'persons' of the variable 'area' to 'km2'");
    }

    @Test
    void aNewerEditionClosesWhatItRevisesOrWithdrawsAndLeavesTheRest() {
        raw(
                "ons-sdg-5-5-2",
                CENSUS,
                List.of(
                        managers("b1", 2, "2017", 1.0),
                        managers("b1", 3, "2018", 2.0),
                        managers("b1", 4, "2019", 3.0),
                        managers("b2", 2, "2017", 1.0),
                        managers("b2", 3, "2018", 2.5),
                        managers("b3", 2, "2017", 1.0),
                        managers("b3", 3, "2018", 2.0),
                        managers("b3", 4, "2020", 4.0)));
        facts(List.of(
                new AcceptedBatch("ons-sdg-5-5-2", "b1", "", FIRST, "m"),
                new AcceptedBatch("ons-sdg-5-5-2", "b2", "", SECOND, "m"),
                new AcceptedBatch("ons-sdg-5-5-2", "b3", "", THIRD, "m")));
        assertThat(rows("period", "value", "vintage", "superseded"))
                .containsExactlyInAnyOrder(
                        "2017|1.0|2020-01-01 00:00:00.0|null",
                        "2018|2.0|2020-01-01 00:00:00.0|2021-01-01 00:00:00.0",
                        "2018|2.5|2021-01-01 00:00:00.0|2022-01-01 00:00:00.0",
                        "2018|2.0|2022-01-01 00:00:00.0|null",
                        "2019|3.0|2020-01-01 00:00:00.0|2021-01-01 00:00:00.0",
                        "2020|4.0|2022-01-01 00:00:00.0|null");
        List<String> before = rows("period", "value", "vintage", "superseded");
        facts(List.of(
                new AcceptedBatch("ons-sdg-5-5-2", "b1", "", FIRST, "m"),
                new AcceptedBatch("ons-sdg-5-5-2", "b2", "", SECOND, "m"),
                new AcceptedBatch("ons-sdg-5-5-2", "b3", "", THIRD, "m")));
        assertThat(rows("period", "value", "vintage", "superseded")).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void rowsThatARuleRemovedAreNotHarmonised(SparkSession spark) {
        raw("ons-sdg-5-5-2", CENSUS, List.of(managers("b1", 2, "2017", 1.0), managers("b1", 3, "2018", 2.0)));
        StructType quarantine = new StructType()
                .add("batch", "string")
                .add("file", "string")
                .add("line", "long")
                .add("cell", "int")
                .add("received", "string")
                .add("stage", "string")
                .add("action", "string")
                .add("rule", "string")
                .add("message", "string")
                .add("run", "string");
        lake.append(
                Table.quarantine("ons-sdg-5-5-2"),
                spark.createDataFrame(
                        List.of(
                                RowFactory.create("b1", "f", 3L, 9, "2", "rule", "removed", "IsUnique", "m", "r"),
                                RowFactory.create("b1", "f", 2L, 9, "1", "rule", "flagged", "Mean", "m", "r")),
                        quarantine),
                Write.of("v", "q", 1));
        facts(List.of(new AcceptedBatch("ons-sdg-5-5-2", "b1", "", FIRST, "m")));
        assertThat(rows("line")).containsExactly("2");
    }

    @Test
    void aControlTotalHoldsOrSaysWhatItFound() {
        raw("ons-sdg-5-5-2", CENSUS, List.of(managers("b1", 2, "2017", 1.0), managers("b1", 3, "2018", 2.0)));
        facts(List.of(new AcceptedBatch("ons-sdg-5-5-2", "b1", "", FIRST, "m")));
        List<Controls.Finding> findings = new Controls(lake)
                .check(List.of(
                        control("good", "census", 3.0), control("bad", "census", 4.0), control("none", "trade", 1.0)));
        assertThat(findings)
                .filteredOn(Controls.Finding::holds)
                .extracting(f -> f.control().id())
                .containsExactly("good");
        assertThat(findings)
                .filteredOn(f -> !f.holds())
                .extracting(Controls.Finding::message)
                .anySatisfy(m -> assertThat(m).contains("expected 4.0", "the harmonised rows give 3.0"))
                .anySatisfy(m -> assertThat(m).contains("the harmonised rows give nothing"));
    }

    private static Control control(String id, String table, double expect) {
        return new Control(
                id,
                "t",
                table,
                Optional.of("period >= '2017'"),
                "sum(value)",
                expect,
                0.1,
                QualityRule.Severity.ERROR,
                "s");
    }

    private HarmoniseResult facts(List<AcceptedBatch> batches) {
        return new Facts(lake, OFFICE, TREE_WITH_ALL)
                .harmonise(
                        OFFICE.contracts().get("census"),
                        batches,
                        Map.of(),
                        "run",
                        OptionalLong.of(step),
                        Write.of("h", "census", ++step));
    }

    /** The office's correspondences point at every authority: the frame here is all they point at. */
    private static final RegionTree TREE_WITH_ALL = allRegions();

    private static RegionTree allRegions() {
        Map<String, Region> regions = TREE.regions().stream().collect(Collectors.toMap(Region::code, r -> r));
        for (String name : OFFICE.regions().correspondences()) {
            org.regionaldoughnut.office.CsvTable.read(OFFICE.correspondenceFile(name), "to")
                    .rows()
                    .forEach(row -> regions.putIfAbsent(row.get("to"), region(row.get("to"), "LAU", "UK")));
        }
        return new RegionTree(regions.values());
    }

    private List<String> rows(String... columns) {
        return lake.read(Table.harmonised("census")).orElseThrow().orderBy("line", "vintage").collectAsList().stream()
                .map(row -> java.util.Arrays.stream(columns)
                        .map(c -> String.valueOf(row.<Object>getAs(c)))
                        .collect(Collectors.joining("|")))
                .toList();
    }

    private void raw(String source, StructType schema, List<Row> rows) {
        lake.append(Table.raw(source), lake.spark().createDataFrame(rows, schema), Write.of("i", source, 1));
    }

    private static final StructType REGION = identity()
            .add("code", "string")
            .add("scheme", "string")
            .add("name", "string")
            .add("level", "string")
            .add("parent", "string")
            .add("valid_from", "string")
            .add("valid_to", "string");

    private static final StructType CENSUS = identity()
            .add("region", "string")
            .add("region_scheme", "string")
            .add("variable", "string")
            .add("breakdown", "string")
            .add("period", "string")
            .add("value", "double")
            .add("unit", "string")
            .add("lower", "double")
            .add("upper", "double")
            .add("confidence_level", "double")
            .add("obs_status", "string")
            .add("conf_status", "string");

    private static StructType identity() {
        return new StructType()
                .add("batch", DataTypes.StringType)
                .add("file", DataTypes.StringType)
                .add("line", DataTypes.LongType)
                .add("cell", DataTypes.IntegerType)
                .add("received", DataTypes.StringType)
                .add("series", DataTypes.StringType);
    }

    private static Row regionRow(String code, String level, String parent) {
        return RowFactory.create(
                "b1", "f", 1L, 1, code, "s", code, "UK-NUTS-2016", "Name of " + code, level, parent, null, null);
    }

    private static Row managers(String batch, long line, String period, double value) {
        return census(
                batch, line, "E12000001", "GSS", "women-among-managers", period, value, "PERCENT", "Normal value");
    }

    private static Row census(
            String batch,
            long line,
            String region,
            String scheme,
            String variable,
            String period,
            Double value,
            String unit,
            String status) {
        List<Object> values = new ArrayList<>(List.of(
                batch, "f", line, 9, String.valueOf(value), "ons-sdg-5-5-2", region, scheme, variable, "_T", period));
        values.add(value);
        values.add(unit);
        values.add(null);
        values.add(null);
        values.add(null);
        values.add(status);
        values.add(null);
        return RowFactory.create(values.toArray());
    }

    private static Region region(String code, String level, String parent) {
        return new Region(code, "Name of " + code, level, Optional.ofNullable(parent), List.of());
    }
}

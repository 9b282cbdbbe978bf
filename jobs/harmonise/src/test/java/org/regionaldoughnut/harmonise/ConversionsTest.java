package org.regionaldoughnut.harmonise;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.trim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.office.ConfigurationException;
import org.regionaldoughnut.office.CsvTable;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.OfficeReader;

/** Figures in one edition of a classification of products, put into another. */
@ExtendWith(SparkTest.class)
class ConversionsTest {
    private static final Path PROJECT = Path.of(System.getProperty("project.root", "../.."))
            .toAbsolutePath()
            .normalize();
    private static final Path CORRESPONDENCES = PROJECT.resolve("schemas/correspondences/products");
    private static final RegionTree TREE =
            new RegionTree(List.of(new Region("UK", "United Kingdom", "NUTS0", Optional.empty(), List.of())));
    private static final StructType TRADE = new StructType()
            .add("source", "string")
            .add("region", "string")
            .add("region_scheme", "string")
            .add("partner", "string")
            .add("flow", "string")
            .add("product_scheme", "string")
            .add("product", "string")
            .add("period", "string")
            .add("value", "double")
            .add("currency", "string")
            .add("net_mass_kg", "double")
            .add("quantity", "double")
            .add("quantity_unit", "string")
            .add("obs_status", "string")
            .add("conf_status", "string")
            .add(RawRows.FLAGGED, "boolean");

    static Stream<Path> correspondences() throws IOException {
        try (Stream<Path> files = Files.list(CORRESPONDENCES)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("correspondences")
    void eachCodeGoesWholeToCodesOfTheOtherClassification(Path file) {
        Map<String, Double> weights = new TreeMap<>();
        Map<String, Integer> parts = new TreeMap<>();
        Set<String> targets = new HashSet<>();
        Set<String> schemes = new HashSet<>();
        for (Map<String, String> row : CsvTable.read(file, "from_scheme", "from", "to_scheme", "to", "weight")
                .rows()) {
            schemes.add(row.get("from_scheme") + " " + row.get("to_scheme"));
            parts.merge(row.get("from"), 1, Integer::sum);
            String weight = row.get("weight");
            weights.merge(row.get("from"), weight.isBlank() ? 1 : Double.parseDouble(weight), Double::sum);
            targets.add(row.get("to"));
        }
        assertThat(schemes).hasSize(1);
        assertThat(parts).isNotEmpty();
        weights.forEach((code, sum) -> assertThat(sum).as(code).isCloseTo(1, within(1e-9)));
        String scheme = schemes.iterator().next();
        codelist(scheme.substring(scheme.indexOf(' ') + 1))
                .ifPresent(codes -> assertThat(codes).containsAll(targets));
        codelist(scheme.substring(0, scheme.indexOf(' ')))
                .ifPresent(codes -> assertThat(codes).containsAll(parts.keySet()));
    }

    /** Regulation (EC) No 1893/2006: 21 sections, 88 divisions, 272 groups and 615 classes. */
    @Test
    void activitiesAreAsManyAsTheRegulationCounts() {
        assertThat(codelist("NACE2").orElseThrow().stream()
                        .collect(Collectors.groupingBy(String::length, Collectors.counting())))
                .isEqualTo(Map.of(1, 21L, 2, 88L, 4, 272L, 5, 615L));
    }

    /** World Customs Organization: subheadings of each edition; UN Comtrade adds 999999 for what is not specified. */
    @Test
    void eachEditionHasAsManySubheadingsAsItsPublisherCounts() {
        Map.of("HS1996", 5_113, "HS2002", 5_224, "HS2007", 5_052, "HS2012", 5_205, "HS2017", 5_387)
                .forEach((scheme, subheadings) -> assertThat(codelist(scheme).orElseThrow().stream()
                                .filter(code -> code.length() == 6 && !code.equals("999999")))
                        .as(scheme)
                        .hasSize(subheadings));
    }

    private static Optional<Set<String>> codelist(String scheme) {
        String name =
                switch (scheme) {
                    case "NACE2" -> "nace-rev2";
                    case "CPA2.1" -> "cpa-2-1";
                    case "ISIC4", "CPC2.1" -> null;
                    default -> scheme.toLowerCase(java.util.Locale.ROOT).replaceFirst("^(hs|sitc)", "$1-");
                };
        return Optional.ofNullable(name).map(list -> {
            Set<String> codes = new HashSet<>();
            CsvTable.read(PROJECT.resolve("schemas/codelists/products/" + list + ".csv"), "code")
                    .rows()
                    .forEach(row -> codes.add(row.get("code")));
            return codes;
        });
    }

    /** World Customs Organization, HS 2017 to 2022: telephones became smartphones (8517.13) and others (8517.14). */
    @Test
    void anAmountOfASplitCodeIsSharedAsAnEstimateAndOthersKeepTheirStatus(SparkSession spark) {
        Dataset<Row> converted = convert(
                spark,
                List.of("products/hs-2017-2022"),
                List.of(
                        row("HS2017", "851712", 100.0, 10.0, null),
                        row("HS2017", "100110", 50.0, null, "P"),
                        row("HS2017", "100111", 7.0, 1.0, "P"),
                        row("HS2017", "85", 3.0, 1.0, null),
                        row("SITC4", "7", 4.0, 1.0, null)));
        assertThat(texts(converted.where("product in ('851713', '851714')")))
                .containsExactlyInAnyOrder("HS2022|851713|83.899|8.3899|E", "HS2022|851714|6.259|0.6259000000000001|E");
        assertThat(texts(converted.where("value in (50, 7, 3, 4)")))
                .containsExactlyInAnyOrder(
                        "HS2017|100110|50.0|null|P",
                        "HS2022|100111|7.0|1.0|P",
                        "HS2017|85|3.0|1.0|A",
                        "SITC4|7|4.0|1.0|A");
        assertThat(sum(converted, "value")).isCloseTo(164, within(1e-9));
        assertThat(sum(converted, "net_mass_kg")).isCloseTo(13, within(1e-9));
    }

    @Test
    void aRealTableOf1992GoesThroughEveryEditionTo2022AndStaysWhole(SparkSession spark) {
        Path file = PROJECT.resolve("../shared/data/world/trade/baci/BACI_ZAF_AFG_exports_2021.csv");
        Assumptions.assumeTrue(Files.isRegularFile(file), "Cannot test on BACI: ../shared/data is absent.");
        Dataset<Row> received = spark.read().option("header", true).csv(file.toString());
        Dataset<Row> rows = received.select(columns(Map.of(
                "product_scheme", lit("HS1992"),
                "product", lpad(trim(col("k")), 6, "0"),
                "period", lit("2021"),
                "value", trim(col("v")).cast("double"),
                "net_mass_kg", trim(col("q")).cast("double"))));
        Dataset<Row> converted = convert(
                rows,
                List.of(
                        "products/hs-1992-1996",
                        "products/hs-1996-2002",
                        "products/hs-2002-2007",
                        "products/hs-2007-2012",
                        "products/hs-2012-2017",
                        "products/hs-2017-2022"));
        // one of the 4,422 codes is none of 1992: it is kept as it was received
        assertThat(converted
                        .where("product_scheme <> 'HS2022'")
                        .select("product_scheme", "product")
                        .distinct()
                        .collectAsList())
                .extracting(row -> row.mkString(" "))
                .containsExactly("HS1992 380993");
        double before = sum(rows, "value");
        assertThat(sum(converted, "value")).isCloseTo(before, within(before * 1e-9));
        double mass = sum(rows, "net_mass_kg");
        assertThat(sum(converted, "net_mass_kg")).isCloseTo(mass, within(mass * 1e-9));
    }

    @Test
    void aConversionOfAColumnWithoutASchemeOrByATableThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> office(Map.of("prodct", List.of("products/hs-2012-2018"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no table has the columns 'prodct' and 'prodct_scheme'. Did you mean 'product'?")
                .hasMessageContaining("there is no correspondence schemas/correspondences/products/hs-2012-2018.csv");
    }

    private static Office office(Map<String, List<String>> conversions) {
        return new OfficeReader(PROJECT, Map.of(), Path.of(""))
                .read(
                        "sample",
                        List.of("conversions="
                                + conversions.toString().replace('=', ':').replace(":", ": ")));
    }

    private static Dataset<Row> convert(SparkSession spark, List<String> names, List<Row> rows) {
        return convert(spark.createDataFrame(rows, TRADE), names);
    }

    private static Dataset<Row> convert(Dataset<Row> rows, List<String> names) {
        Office office = office(Map.of("product", names));
        return new Classification(
                        office,
                        rows.sparkSession(),
                        office.contracts().get("trade"),
                        List.of(office.sources().get("regional-trade")),
                        TREE)
                .apply(rows);
    }

    private static Column[] columns(Map<String, Column> given) {
        List<Column> columns = new ArrayList<>();
        Map<String, String> constant = Map.of(
                "source", "regional-trade",
                "region", "UK",
                "region_scheme", "UK-NUTS-2016",
                "partner", "FR",
                "flow", "export",
                "currency", "USD");
        for (var field : TRADE.fields()) {
            Column value = given.getOrDefault(field.name(), lit(constant.get(field.name())));
            columns.add(
                    field.name().equals(RawRows.FLAGGED)
                            ? lit(false).as(RawRows.FLAGGED)
                            : value.cast(field.dataType()).as(field.name()));
        }
        return columns.toArray(Column[]::new);
    }

    private static Row row(String scheme, String product, double value, Double mass, String status) {
        return RowFactory.create(
                "regional-trade",
                "UK",
                "UK-NUTS-2016",
                "FR",
                "export",
                scheme,
                product,
                "2021",
                value,
                "USD",
                mass,
                null,
                null,
                status,
                null,
                false);
    }

    private static List<String> texts(Dataset<Row> rows) {
        return rows.select("product_scheme", "product", "value", "net_mass_kg", "obs_status").collectAsList().stream()
                .map(row -> row.mkString("|"))
                .toList();
    }

    private static double sum(Dataset<Row> rows, String column) {
        return rows.selectExpr("sum(" + column + ")").head().getDouble(0);
    }
}

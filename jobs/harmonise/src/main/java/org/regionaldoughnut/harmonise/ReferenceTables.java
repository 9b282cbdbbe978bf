package org.regionaldoughnut.harmonise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.office.ConfigurationException;
import org.regionaldoughnut.office.CsvTable;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Problem;
import org.regionaldoughnut.office.Source;

/** The office's codelists and correspondences as small datasets to join. */
final class ReferenceTables {
    private static final StructType REGION_CODES = new StructType()
            .add("from_scheme", DataTypes.StringType)
            .add("from_code", DataTypes.StringType)
            .add("to_code", DataTypes.StringType)
            .add("weight", DataTypes.DoubleType)
            .add("moved", DataTypes.BooleanType)
            .add("from_year", DataTypes.IntegerType)
            .add("to_year", DataTypes.IntegerType);

    private static final StructType CONVERSIONS = new StructType()
            .add("from_scheme", DataTypes.StringType)
            .add("from_code", DataTypes.StringType)
            .add("to_scheme", DataTypes.StringType)
            .add("to_code", DataTypes.StringType)
            .add("weight", DataTypes.DoubleType)
            .add("moved", DataTypes.BooleanType)
            .add("from_year", DataTypes.IntegerType)
            .add("to_year", DataTypes.IntegerType);

    private final Office office;
    private final SparkSession spark;

    ReferenceTables(Office office, SparkSession spark) {
        this.office = office;
        this.spark = spark;
    }

    /**
     * {@code from_scheme, from_code, to_code, weight, moved, from_year, to_year}; frame codes stand for themselves. A
     * value is moved where it is weighted or goes to several regions: another name of the same region moves nothing.
     */
    Dataset<Row> regionCodes(RegionTree tree) {
        List<Row> rows = new ArrayList<>();
        for (Region region : tree.regions()) {
            rows.add(RowFactory.create(office.regions().frame(), region.code(), region.code(), 1.0, false, null, null));
        }
        for (String name : office.regions().correspondences()) {
            CsvTable table = CsvTable.read(office.correspondenceFile(name), "from_scheme", "from", "to", "weight");
            Map<String, Integer> parts = new HashMap<>();
            table.rows().forEach(row -> parts.merge(key(row), 1, Integer::sum));
            int line = 1;
            for (Map<String, String> row : table.rows()) {
                line++;
                if (tree.region(row.get("to")).isEmpty()) {
                    throw new ConfigurationException(List.of(new Problem(
                            table.file(),
                            line,
                            "the region '" + row.get("to") + "' is not in the frame "
                                    + office.regions().frame())));
                }
                rows.add(RowFactory.create(
                        row.get("from_scheme"),
                        row.get("from"),
                        row.get("to"),
                        row.get("weight").isBlank() ? 1.0 : Double.parseDouble(row.get("weight")),
                        parts.get(key(row)) > 1 || !row.get("weight").isBlank(),
                        year(row.get("valid_from")),
                        year(row.get("valid_to"))));
            }
        }
        return spark.createDataFrame(rows, REGION_CODES);
    }

    /**
     * {@code from_scheme, from_code, to_scheme, to_code, weight, moved, from_year, to_year}. A value is moved where it
     * is weighted: a code that is only called otherwise, or added to another, moves nothing.
     */
    Dataset<Row> conversion(String name) {
        List<Row> rows = new ArrayList<>();
        for (Map<String, String> row : CsvTable.read(
                        office.correspondenceFile(name), "from_scheme", "from", "to_scheme", "to", "weight")
                .rows()) {
            boolean weighted = !row.get("weight").isBlank();
            rows.add(RowFactory.create(
                    row.get("from_scheme"),
                    row.get("from"),
                    row.get("to_scheme"),
                    row.get("to"),
                    weighted ? Double.parseDouble(row.get("weight")) : 1.0,
                    weighted,
                    year(row.get("valid_from")),
                    year(row.get("valid_to"))));
        }
        return spark.createDataFrame(rows, CONVERSIONS);
    }

    private static String key(Map<String, String> row) {
        return row.get("from_scheme") + "\u0000" + row.get("from") + "\u0000" + row.getOrDefault("valid_from", "");
    }

    private static Integer year(String date) {
        return date == null || date.isBlank() ? null : Integer.valueOf(date.substring(0, 4));
    }

    /** Received code to the office's code, for each source that maps the column. */
    Map<String, Map<String, String>> codes(List<Source> sources, String column) {
        Map<String, Map<String, String>> bySource = new TreeMap<>();
        for (Source source : sources) {
            String name = source.codes().get(column);
            if (name != null) {
                Map<String, String> codes = new TreeMap<>();
                CsvTable.read(office.codelistFile(name), "received", "code")
                        .rows()
                        .forEach(row -> codes.put(row.get("received"), row.get("code")));
                bySource.put(source.id(), codes);
            }
        }
        return bySource;
    }

    /** Received flag to the row of the list, for each source that maps the observation status. */
    Map<String, Map<String, Map<String, String>>> statuses(List<Source> sources) {
        Map<String, Map<String, Map<String, String>>> bySource = new TreeMap<>();
        for (Source source : sources) {
            String name = source.codes().get("obs_status");
            if (name != null) {
                Map<String, Map<String, String>> codes = new TreeMap<>();
                CsvTable.read(office.codelistFile(name), "received", "code")
                        .rows()
                        .forEach(row -> codes.put(row.get("received"), row));
                bySource.put(source.id(), codes);
            }
        }
        return bySource;
    }

    /** Unit to what it is called and measured in: {@code base, factor}. */
    Map<String, Unit> units() {
        Map<String, Unit> units = new TreeMap<>();
        CsvTable.read(office.codelistFile("units"), "unit", "base", "factor")
                .rows()
                .forEach(row ->
                        units.put(row.get("unit"), new Unit(row.get("base"), Double.parseDouble(row.get("factor")))));
        return units;
    }

    /** Variable to the unit its figures are kept in. */
    Map<String, String> variableUnits() {
        Map<String, String> units = new TreeMap<>();
        CsvTable.read(office.codelistFile("variables"), "variable", "unit")
                .rows()
                .forEach(row -> units.put(row.get("variable"), row.get("unit")));
        return units;
    }

    record Unit(String base, double factor) {}
}

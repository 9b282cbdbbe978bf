package org.regionaldoughnut.indicators;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Picks from {@code statistics.indicators}, in one look at its millions of rows, those of the regions that are shown, and
 * at which other levels each indicator has figures.
 */
final class StoredValues implements Scan.Use<StoredValues.Found> {
    private static final long serialVersionUID = 1L;

    private final StructType columns;
    private final HashSet<String> shown;
    private final HashMap<String, String> levelOf;

    /**
     * @param rows of the regions shown, with the columns of {@link StatisticsTables#INDICATORS}
     * @param levels indicator to levels of other regions with a value
     */
    record Found(ArrayList<Row> rows, TreeMap<String, TreeSet<String>> levels) implements Serializable {}

    private StoredValues(StructType columns, Set<String> shown, Map<String, String> levelOf) {
        this.columns = columns;
        this.shown = new HashSet<>(shown);
        this.levelOf = new HashMap<>(levelOf);
    }

    /**
     * @param shown codes of regions
     * @param levelOf region not shown to its level
     */
    static Found pick(Dataset<Row> values, Set<String> shown, Map<String, String> levelOf) {
        Dataset<Row> rows =
                levelOf.isEmpty() ? values.where(functions.col("region").isin(shown.toArray())) : values;
        StoredValues picking = new StoredValues(values.schema(), shown, levelOf);
        ArrayList<Row> picked = new ArrayList<>();
        TreeMap<String, TreeSet<String>> levels = new TreeMap<>();
        for (Found part : Scan.read(
                        rows.select(Arrays.stream(values.columns())
                                .map(functions::col)
                                .toArray(Column[]::new)),
                        Set.of("region"),
                        picking)
                .collect()) {
            picked.addAll(part.rows());
            part.levels().forEach((indicator, its) -> levels.computeIfAbsent(indicator, i -> new TreeSet<>())
                    .addAll(its));
        }
        return new Found(picked, levels);
    }

    @Override
    public Iterator<Found> of(Reading rows) {
        int indicator = columns.fieldIndex("indicator");
        int region = columns.fieldIndex("region");
        int value = columns.fieldIndex("value");
        ArrayList<Row> picked = new ArrayList<>();
        // by numbers of texts: whether a region is shown, and which levels each indicator is known to have
        List<Boolean> isShown = new ArrayList<>();
        List<String> levels = new ArrayList<>();
        List<TreeSet<String>> known = new ArrayList<>();
        while (rows.next()) {
            int its = rows.text(region);
            while (isShown.size() <= its) {
                String code = rows.texts(region).all().get(isShown.size());
                isShown.add(shown.contains(code));
                levels.add(levelOf.get(code));
            }
            if (isShown.get(its)) {
                picked.add(row(rows));
            } else if (levels.get(its) != null && !rows.isNull(value)) {
                int number = rows.text(indicator);
                while (known.size() <= number) {
                    known.add(new TreeSet<>());
                }
                known.get(number).add(levels.get(its));
            }
        }
        TreeMap<String, TreeSet<String>> byIndicator = new TreeMap<>();
        for (int number = 0; number < known.size(); number++) {
            byIndicator.put(rows.texts(indicator).all().get(number), known.get(number));
        }
        return List.of(new Found(picked, byIndicator)).iterator();
    }

    private Row row(Reading rows) {
        Object[] fields = new Object[columns.length()];
        for (int i = 0; i < fields.length; i++) {
            StructField field = columns.fields()[i];
            fields[i] = rows.isNull(i) ? null : field(rows, i, field.dataType());
        }
        return new GenericRowWithSchema(fields, columns);
    }

    private static Object field(Reading rows, int column, DataType type) {
        if (type.equals(DataTypes.StringType)) {
            return rows.texts(column).all().get(rows.text(column));
        }
        if (type.equals(DataTypes.IntegerType)) {
            return rows.integer(column);
        }
        if (type.equals(DataTypes.DoubleType)) {
            return rows.decimal(column);
        }
        return DateTimeUtils.toJavaTimestamp(rows.number(column));
    }
}

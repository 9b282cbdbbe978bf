package org.regionaldoughnut.app.query;

import java.sql.Array;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.duckdb.DuckDBStruct;
import scala.collection.JavaConverters;

/** Values as JSON knows them: texts, numbers, truths, lists and maps; times as ISO 8601 in UTC. */
final class PlainValue {
    private PlainValue() {}

    static Object of(Object value) {
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Timestamp time) {
            return time.toInstant().toString();
        }
        if (value instanceof OffsetDateTime time) {
            return time.toInstant().toString();
        }
        if (value instanceof Date || value instanceof LocalDate || value instanceof TemporalAccessor) {
            return value.toString();
        }
        if (value instanceof Array array) {
            return list(elements(array));
        }
        if (value instanceof DuckDBStruct struct) {
            return map(elements(struct));
        }
        if (value instanceof Row row) {
            return row(row);
        }
        if (value instanceof scala.collection.Seq<?> sequence) {
            return list(JavaConverters.seqAsJavaList(sequence));
        }
        if (value instanceof scala.collection.Map<?, ?> map) {
            return map(JavaConverters.mapAsJavaMap(map));
        }
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof List<?> list) {
            return list(list);
        }
        return value.toString();
    }

    private static List<?> elements(Array array) {
        try {
            return Arrays.asList((Object[]) array.getArray());
        } catch (SQLException e) {
            throw new IllegalStateException("an array in a result cannot be read", e);
        }
    }

    private static Map<String, Object> elements(DuckDBStruct struct) {
        try {
            return struct.getMap();
        } catch (SQLException e) {
            throw new IllegalStateException("a structure in a result cannot be read", e);
        }
    }

    private static List<Object> list(List<?> values) {
        List<Object> plain = new ArrayList<>();
        values.forEach(value -> plain.add(of(value)));
        return plain;
    }

    private static Map<String, Object> map(Map<?, ?> values) {
        Map<String, Object> plain = new LinkedHashMap<>();
        values.forEach((key, value) -> plain.put(String.valueOf(of(key)), of(value)));
        return plain;
    }

    private static Map<String, Object> row(Row row) {
        Map<String, Object> plain = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            plain.put(row.schema().fieldNames()[i], of(row.get(i)));
        }
        return plain;
    }
}

package org.regionaldoughnut.app.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a query returned.
 *
 * @param columns names, each once
 * @param rows a value for each column in their order; null is missing
 */
public record Answer(List<String> columns, List<Map<String, Object>> rows) {
    public Answer {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** Names a query may give twice; the second gets its number. */
    static List<String> unique(List<String> names) {
        Set<String> unique = new LinkedHashSet<>();
        for (String name : names) {
            String candidate = name;
            for (int n = 2; !unique.add(candidate); n++) {
                candidate = name + "_" + n;
            }
        }
        return new ArrayList<>(unique);
    }

    /** @param values in the order of the columns, as the database's driver gives them */
    static Map<String, Object> row(List<String> columns, List<Object> values) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), PlainValue.of(values.get(i)));
        }
        return Collections.unmodifiableMap(row);
    }
}

package org.regionaldoughnut.validate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.office.CsvTable;

/**
 * Which received codes are parts of which total, by the columns {@code code} and {@code parent} of a codelist, and
 * {@code received} where the publisher writes another text.
 */
final class Hierarchy {
    static final String RECEIVED = "_received";
    static final String NODE = "_node";
    static final String TOTAL = "_is_total";
    static final String PARTS = "_parts";

    private final Map<String, Set<String>> partsOf = new LinkedHashMap<>();
    private final Map<String, Set<String>> spellings = new HashMap<>();

    private Hierarchy() {}

    /**
     * @param reference the codelist; a filter in it chooses the parts
     * @throws IllegalArgumentException where the list is unknown, has no parents or the filter leaves no part
     */
    static Hierarchy of(String reference, Codelists codelists) {
        CodeReference named = CodeReference.parse(reference);
        named.problem(codelists).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        CsvTable table = codelists.table(named.codelist()).orElseThrow();
        if (!Codelists.columns(table).contains("parent")) {
            throw new IllegalArgumentException("the codelist " + named.codelist() + " has no column 'parent'");
        }
        Hierarchy hierarchy = new Hierarchy();
        Set<String> parts = named.codes(codelists);
        for (Map<String, String> row : table.rows()) {
            String code = row.get("code");
            hierarchy
                    .spellings
                    .computeIfAbsent(code, c -> new LinkedHashSet<>(List.of(c)))
                    .add(row.getOrDefault("received", code));
            String parent = row.get("parent");
            if (parent != null && !parent.isEmpty() && parts.contains(code)) {
                hierarchy
                        .partsOf
                        .computeIfAbsent(parent, p -> new LinkedHashSet<>())
                        .add(code);
            }
        }
        if (hierarchy.partsOf.isEmpty()) {
            throw new IllegalArgumentException("'" + named + "' names no code that is a part of another");
        }
        return hierarchy;
    }

    /** A row for each received text and role: _received, _node (the total), _is_total, _parts (how many it has). */
    Dataset<Row> roles(SparkSession session) {
        List<Row> rows = new ArrayList<>();
        partsOf.forEach((total, parts) -> {
            add(rows, total, total, true, parts.size());
            parts.forEach(part -> add(rows, part, total, false, parts.size()));
        });
        StructType schema = new StructType()
                .add(RECEIVED, "string")
                .add(NODE, "string")
                .add(TOTAL, "boolean")
                .add(PARTS, "bigint");
        return session.createDataFrame(rows, schema);
    }

    private void add(List<Row> rows, String code, String total, boolean isTotal, int parts) {
        for (String spelling : spellings.getOrDefault(code, Set.of(code))) {
            rows.add(RowFactory.create(spelling, total, isTotal, (long) parts));
        }
    }
}

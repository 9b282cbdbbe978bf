package org.regionaldoughnut.office;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A data contract (Open Data Contract Standard v3.1): the columns of a table and the rules its rows must meet.
 *
 * @param columns in the order of the table
 */
public record Contract(
        String id,
        Path file,
        String version,
        String title,
        List<Column> columns,
        List<QualityRule> rules,
        String hash) {
    public Contract {
        columns = List.copyOf(columns);
        rules = List.copyOf(rules);
    }

    /**
     * @param type the ODCS logical type: string, number, integer, boolean, date, timestamp
     * @param physicalType the Spark SQL type
     * @param keyPosition position in the primary key, absent outside it
     */
    public record Column(
            String name,
            String type,
            String physicalType,
            boolean required,
            Optional<Integer> keyPosition,
            Optional<String> unit,
            Optional<String> codelist,
            String description) {
        public boolean isNumber() {
            return type.equals("number") || type.equals("integer");
        }
    }

    public Optional<Column> column(String name) {
        return columns.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    /** Columns of the primary key in its order. */
    public List<String> key() {
        return columns.stream()
                .filter(c -> c.keyPosition().isPresent())
                .sorted((a, b) -> Integer.compare(
                        a.keyPosition().orElseThrow(), b.keyPosition().orElseThrow()))
                .map(Column::name)
                .toList();
    }
}

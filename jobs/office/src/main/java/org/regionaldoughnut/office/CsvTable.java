package org.regionaldoughnut.office;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A reference table of {@code schemas/}: comma-separated UTF-8 with a header. Cells that are empty are empty texts. */
public record CsvTable(Path file, List<Map<String, String>> rows) {

    /**
     * Reads a table that must have the given columns.
     *
     * @throws ConfigurationException where the file cannot be read, lacks a column or has a row without enough cells
     */
    public static CsvTable read(Path file, String... columns) {
        List<Map<String, String>> rows = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(file);
                MappingIterator<Map<String, String>> iterator = new CsvMapper()
                        .readerForMapOf(String.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(reader)) {
            while (iterator.hasNext()) {
                rows.add(iterator.next());
            }
            Set<String> header = new HashSet<>();
            ((CsvSchema) iterator.getParser().getSchema()).forEach(column -> header.add(column.getName()));
            for (String column : columns) {
                if (!header.contains(column)) {
                    throw problem(file, 1, "the column '" + column + "' is missing");
                }
            }
        } catch (IOException | RuntimeException e) {
            if (e instanceof ConfigurationException known) {
                throw known;
            }
            throw problem(file, rows.size() + 2, "cannot be read as comma-separated text: " + e.getMessage());
        }
        return new CsvTable(file, rows);
    }

    private static ConfigurationException problem(Path file, int line, String message) {
        return new ConfigurationException(List.of(new Problem(file, line, message)));
    }
}

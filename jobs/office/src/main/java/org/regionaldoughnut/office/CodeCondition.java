package org.regionaldoughnut.office;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Codes of a list as an SQL condition over a column. A code stands for all that begin with it, as a heading of a
 * classification does for its subheadings: {@code (substring(product, 1, 4) in ('4707'))}.
 */
final class CodeCondition {
    private final Path codelists;

    /** @param codelists folder of the lists */
    CodeCondition(Path codelists) {
        this.codelists = codelists;
    }

    Path file(JsonNode codes) {
        return codelists.resolve(codes.path("codelist").asText() + ".csv");
    }

    /**
     * @param codes {@code column}, {@code codelist} and perhaps {@code class} of a term
     * @throws IllegalArgumentException saying what is wrong with the list
     */
    String of(JsonNode codes) {
        String name = codes.path("codelist").asText();
        if (!Files.isRegularFile(file(codes))) {
            throw new IllegalArgumentException("there is no codelist schemas/codelists/" + name + ".csv");
        }
        CsvTable table;
        try {
            table = CsvTable.read(file(codes), "code", "class");
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e.problems().get(0).message() + " in " + name + ".csv", e);
        }
        Map<Integer, Set<String>> byLength = new TreeMap<>();
        Set<String> classes = new TreeSet<>();
        for (Map<String, String> row : table.rows()) {
            classes.add(row.get("class"));
            if (!codes.has("class") || codes.path("class").asText().equals(row.get("class"))) {
                String code = row.get("code");
                byLength.computeIfAbsent(code.length(), n -> new TreeSet<>()).add(code.replace("'", "''"));
            }
        }
        if (byLength.isEmpty()) {
            throw new IllegalArgumentException("the codelist " + name + " has no class '"
                    + codes.path("class").asText() + "'; its classes are " + String.join(", ", classes));
        }
        String column = codes.path("column").asText();
        return byLength.entrySet().stream()
                .map(entry -> "substring(" + column + ", 1, " + entry.getKey() + ") in ('"
                        + String.join("', '", entry.getValue()) + "')")
                .collect(Collectors.joining(" or ", "(", ")"));
    }
}

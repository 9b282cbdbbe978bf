package org.regionaldoughnut.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.regionaldoughnut.office.Contract;

/**
 * A table as SDMX-CSV 2.0: structure, its id, the action, dimensions, measure, attributes. Each release is complete, so
 * every row replaces what a receiver has under its key. Format: SDMX technical working group, SDMX-CSV 2.0 field guide.
 */
final class SdmxCsvFile implements AutoCloseable {
    private static final Map<String, String> CONCEPTS =
            Map.of("region", "REF_AREA", "period", "TIME_PERIOD", "value", "OBS_VALUE");
    private static final String REPLACE = "R";

    private final CsvFile out;
    private final List<Integer> order;
    private final String structure;

    /** @param agency who maintains the structure */
    SdmxCsvFile(Path file, String agency, String table, Contract contract, List<String> names) throws IOException {
        this.order = order(contract, names);
        this.structure = agency + ":" + table.toUpperCase(Locale.ROOT) + "(" + contract.version() + ")";
        List<String> header = new ArrayList<>(List.of("STRUCTURE", "STRUCTURE_ID", "ACTION"));
        order.forEach(i -> header.add(concept(names.get(i))));
        this.out = new CsvFile(file, header);
    }

    /** Dimensions as the key has them, the measure, then attributes; the run is ours alone. */
    private static List<Integer> order(Contract contract, List<String> names) {
        List<String> ordered = new ArrayList<>(contract.key());
        ordered.add("value");
        names.stream()
                .filter(name -> !ordered.contains(name) && !name.equals("run"))
                .forEach(ordered::add);
        return ordered.stream().map(names::indexOf).toList();
    }

    static String concept(String column) {
        return CONCEPTS.getOrDefault(column, column.toUpperCase(Locale.ROOT));
    }

    /** An SDMX id of letters, digits and underscores. */
    static String agency(String office) {
        return office.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
    }

    void line(List<String> cells) throws IOException {
        List<String> line = new ArrayList<>(order.size() + 3);
        line.add("dataflow");
        line.add(structure);
        line.add(REPLACE);
        order.forEach(i -> line.add(cells.get(i)));
        out.line(line);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}

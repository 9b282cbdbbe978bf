package org.regionaldoughnut.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.substring_index;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.regionaldoughnut.office.Format;

/**
 * SDMX-CSV 1.0 and 2.0, with and without labels. Columns have the names of their concepts; where codes and labels
 * share a cell ({@code FREQ: Frequency} over {@code A: Annual}), code and label become columns {@code FREQ} and {@code
 * Frequency}. Source: SDMX-CSV field guide 1.0 and 2.0 (github.com/sdmx-twg/sdmx-csv).
 */
final class SdmxCsv implements Reader {
    private static final Pattern FIRST = Pattern.compile("(DATAFLOW|STRUCTURE)(\\[.{1,2}])?");
    private static final Pattern WITH_LABEL = Pattern.compile("([A-Za-z][A-Za-z0-9_@$\\-]*): (.+)");
    private static final String BETWEEN = ": ";

    private final SparkSession spark;
    private final Format format;

    SdmxCsv(SparkSession spark, Format format) {
        this.spark = spark;
        this.format = format;
    }

    @Override
    public Received read(Receipt receipt) {
        requireConcepts(receipt);
        Received text = new DelimitedText(spark, format).read(receipt);
        List<Column> columns = new ArrayList<>(List.of(col(Received.LINE), col(Received.MALFORMED)));
        Map<String, Integer> positions = new LinkedHashMap<>();
        for (String name : text.names()) {
            Column cell = Received.column(name);
            int position = text.positions().get(name);
            Matcher labelled = WITH_LABEL.matcher(name);
            if (labelled.matches()) {
                add(labelled.group(1), position, substring_index(cell, BETWEEN, 1), columns, positions);
                Column behind = cell.substr(
                        org.apache.spark.sql.functions.instr(cell, BETWEEN).plus(BETWEEN.length()),
                        org.apache.spark.sql.functions.length(cell));
                Column label = org.apache.spark.sql.functions.when(cell.contains(BETWEEN), behind);
                add(labelled.group(2), position, label, columns, positions);
            } else {
                Matcher first = FIRST.matcher(name);
                add(first.matches() ? first.group(1) : name, position, cell, columns, positions);
            }
        }
        return new Received(
                text.rows().select(columns.toArray(Column[]::new)),
                List.copyOf(positions.keySet()),
                positions,
                text.preamble(),
                false);
    }

    private static void add(
            String name, int position, Column cell, List<Column> columns, Map<String, Integer> positions) {
        String unique = positions.keySet().stream().anyMatch(name::equalsIgnoreCase) ? name + "_" + position : name;
        positions.put(unique, position);
        columns.add(cell.as(unique));
    }

    /** Names of concepts are there once; labels are free text and may be anything. */
    private void requireConcepts(Receipt receipt) {
        List<String> cells = TextHead.of(receipt, format).headerCells();
        String first = cells.get(0) == null ? "" : cells.get(0);
        if (!FIRST.matcher(first).matches()) {
            throw Refusal.badHeader(
                    receipt.file(),
                    format.headerLine(),
                    "SDMX-CSV begins with the column DATAFLOW or STRUCTURE, not '" + first + "'");
        }
        Set<String> seen = new HashSet<>();
        for (String cell : cells) {
            if (cell != null && !cell.contains(" ") && !seen.add(cell)) {
                throw Refusal.badHeader(
                        receipt.file(), format.headerLine(), "the column '" + cell + "' is there twice");
            }
        }
    }
}

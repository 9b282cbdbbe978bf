package org.regionaldoughnut.office;

import java.util.List;
import java.util.Optional;

/**
 * The format of a received file.
 *
 * @param kind csv, tsv or xlsx; gzip is told by the suffix {@code .gz}
 * @param headerLine 1-based line (XLSX: row) of the header
 * @param sheet XLSX sheet by name
 * @param columns XLSX block of columns, {@code A:E}
 * @param footer regular expression: a line with a cell that begins so, and all below it, are not data
 * @param multiline whether quoted cells may hold line breaks; such a file is read by one task
 * @param missing received texts that mean "no value"
 */
public record Format(
        String kind,
        String delimiter,
        String quote,
        String encoding,
        int headerLine,
        Optional<String> sheet,
        Optional<String> columns,
        Optional<String> footer,
        boolean multiline,
        List<String> missing) {

    public Format {
        kind = kind == null ? "csv" : kind;
        delimiter = delimiter == null ? (kind.equals("tsv") ? "\t" : ",") : delimiter;
        quote = quote == null ? "\"" : quote;
        encoding = encoding == null ? "UTF-8" : encoding;
        headerLine = headerLine == 0 ? 1 : headerLine;
        missing = missing == null ? List.of("") : List.copyOf(missing);
    }

    public boolean isSpreadsheet() {
        return kind.equals("xlsx");
    }
}

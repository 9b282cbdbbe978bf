package org.regionaldoughnut.office;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The format of a received file.
 *
 * @param kind csv, tsv, xlsx, eurostat-tsv, sdmx-csv; gzip, zstd and ZIP are told by the suffixes {@code .gz}, {@code
 *     .zst} and {@code .zip}
 * @param quote character around cells; empty where there is none
 * @param headerLine 1-based line (XLSX: row) of the header
 * @param sheet XLSX sheet by name
 * @param columns XLSX block of columns, {@code A:E}
 * @param footer regular expression: a line with a cell that begins so, and all below it, are not data
 * @param multiline whether quoted cells may hold line breaks; such a file is read by one task
 * @param missing received texts that mean "no value"
 * @param member name, or pattern of names, of the members of a ZIP archive that are read
 * @param action received column that says what to do with a row, by the codes of SDMX
 * @param header how the header may differ from edition to edition
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
        List<String> missing,
        Optional<String> member,
        Optional<String> action,
        Optional<Columns> header) {

    /**
     * What is known of a header that changes from edition to edition.
     *
     * @param aliases column as the source names it to what other editions call it
     * @param optional columns that some editions lack; there they are empty
     * @param only every column there may be; another one is refused. Empty: any
     */
    public record Columns(Map<String, List<String>> aliases, List<String> optional, List<String> only) {
        public Columns {
            aliases = aliases == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
            optional = optional == null ? List.of() : List.copyOf(optional);
            only = only == null ? List.of() : List.copyOf(only);
        }
    }

    /** A format whose header is always the same. */
    public Format(
            String kind,
            String delimiter,
            String quote,
            String encoding,
            int headerLine,
            Optional<String> sheet,
            Optional<String> columns,
            Optional<String> footer,
            boolean multiline,
            List<String> missing,
            Optional<String> member,
            Optional<String> action) {
        this(
                kind,
                delimiter,
                quote,
                encoding,
                headerLine,
                sheet,
                columns,
                footer,
                multiline,
                missing,
                member,
                action,
                Optional.empty());
    }

    public Format {
        kind = kind == null ? "csv" : kind;
        delimiter = delimiter == null ? (kind.endsWith("tsv") ? "\t" : ",") : delimiter;
        quote = quote == null ? (kind.equals("eurostat-tsv") ? "" : "\"") : quote;
        encoding = encoding == null ? "UTF-8" : encoding;
        headerLine = headerLine == 0 ? 1 : headerLine;
        missing = missing == null ? List.of("") : List.copyOf(missing);
        action = action.isEmpty() && kind.equals("sdmx-csv") ? Optional.of("ACTION") : action;
    }

    /** The format of that kind with nothing else said. */
    public static Format of(String kind) {
        return new Format(
                kind,
                null,
                null,
                null,
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                null,
                Optional.empty(),
                Optional.empty());
    }

    public boolean isSpreadsheet() {
        return kind.equals("xlsx");
    }
}

package org.regionaldoughnut.office;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an office receives regularly: where it comes from, its format, and how its columns map to a contract.
 *
 * @param file the YAML file it was read from
 * @param series the publisher's table
 * @param seriesFrom where one file holds several of the publisher's tables: the column that names them
 * @param published when the publisher says it published what is there now: the vintage
 * @param path absolute path or glob of the files; of a source that lies elsewhere only after it was given one
 * @param place where the source lies, if it is no file of this machine
 * @param where condition over received columns; other rows are out of scope and not counted as cells
 * @param codes contract column to the codelist that turns received codes into the office's
 * @param hash identity of everything in the configuration that decides what the files are read as
 * @param codesHash identity of what decides how read rows are harmonised
 */
public record Source(
        String id,
        Path file,
        String title,
        String publisher,
        String licence,
        Optional<String> url,
        Optional<String> attribution,
        String contract,
        String series,
        Optional<SeriesFrom> seriesFrom,
        Optional<String> published,
        String path,
        Optional<Place> place,
        Format format,
        Optional<String> where,
        Optional<Unpivot> unpivot,
        Map<String, ColumnMapping> columns,
        Map<String, String> codes,
        List<QualityRule> rules,
        String hash,
        String codesHash) {

    /**
     * @param column received column with the name of the table
     * @param values the tables there are; a line of another is quarantined
     */
    public record SeriesFrom(String column, List<String> values) {
        public SeriesFrom {
            values = List.copyOf(values);
        }
    }

    /** The source with its files at the path. */
    public Source at(String files) {
        return new Source(
                id,
                file,
                title,
                publisher,
                licence,
                url,
                attribution,
                contract,
                series,
                seriesFrom,
                published,
                files,
                place,
                format,
                where,
                unpivot,
                columns,
                codes,
                rules,
                hash,
                codesHash);
    }

    /** Whether the place stands for any number of files, by {@code *}, {@code ?}, {@code [..]} or {@code {..}}. */
    public static boolean isPattern(String place) {
        return place.matches(".*[*?\\[{].*");
    }

    /** Every table of the publisher that the source brings. */
    public List<String> allSeries() {
        return seriesFrom.map(SeriesFrom::values).orElse(List.of(series));
    }

    /**
     * Wide to long: one cell for each line and matching column.
     *
     * @param columns regular expression over header names
     * @param name received column that gets the header name, or its first group
     * @param value received column that gets the cell
     */
    public record Unpivot(String columns, String name, String value) {}
}

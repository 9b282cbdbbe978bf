package org.regionaldoughnut.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.Contract;

/**
 * Writes one table of a release in one pass over its rows, sorted by the table's key: a Parquet file, its CSV, SDMX-CSV
 * and spreadsheet twins and the identity of the values. Spark sorts; the rows are written here, since a job that writes
 * a small file costs seconds. A table of very many rows is written by Spark, as Parquet alone: see {@link BulkTable}.
 */
final class TableWriter {
    /** An office that wants no text even of small tables has them counted. */
    private static final long COUNTED = 100_000;

    private final Path draft;
    private final String agency;
    private final long textRows;

    /**
     * @param draft folder of the draft
     * @param agency maintains the SDMX structures
     * @param textRows tables of more rows are Parquet alone
     */
    TableWriter(Path draft, String agency, long textRows) {
        this.draft = draft;
        this.agency = agency;
        this.textRows = textRows;
    }

    /**
     * @param name of the table in the release
     * @param rows a dataset with the contract's columns, in any order and with others beside them
     */
    ReleasedTable write(String name, Contract contract, Dataset<Row> rows) {
        List<ReleaseColumn> columns = ReleaseColumn.of(contract);
        Dataset<Row> released = released(name, contract, columns, rows);
        Column[] order = order(contract, columns);
        try {
            Optional<ReleasedTable> small = inOneFile(name, contract, columns, released, order);
            return small.isPresent()
                    ? small.get()
                    : new BulkTable(draft).write(name, contract, columns, released, order);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** None, and no file, where the table has more rows than are written as text. */
    private Optional<ReleasedTable> inOneFile(
            String name, Contract contract, List<ReleaseColumn> columns, Dataset<Row> rows, Column[] order)
            throws IOException {
        if ((textRows < COUNTED || BulkTable.mayBeLarge(rows)) && BulkTable.hasMoreThan(textRows, rows)) {
            return Optional.empty();
        }
        List<String> names = columns.stream().map(ReleaseColumn::name).toList();
        boolean observations = names.contains("value") && names.contains("period");
        List<String> files = new ArrayList<>(
                List.of("parquet/" + name + "/part-0.parquet", "csv/" + name + ".csv", "xlsx/" + name + ".xlsx"));
        if (observations) {
            files.add("sdmx/" + name + ".csv");
        }
        ContentHash hash = new ContentHash(names);
        long count = 0;
        try (ParquetFile parquet = new ParquetFile(created(files.get(0)), columns);
                CsvFile csv = new CsvFile(created(files.get(1)), names);
                SpreadsheetFile sheet = new SpreadsheetFile(created(files.get(2)), name, columns);
                SdmxCsvFile sdmx =
                        observations ? new SdmxCsvFile(created(files.get(3)), agency, name, contract, names) : null) {
            Iterator<Row> sorted = rows.coalesce(1).sortWithinPartitions(order).toLocalIterator();
            while (sorted.hasNext()) {
                List<Object> values = values(sorted.next());
                parquet.row(values);
                hash.row(texts(values, false));
                List<String> cells = texts(values, true);
                csv.line(cells);
                sheet.row(values);
                if (sdmx != null) {
                    sdmx.line(cells);
                }
                count++;
            }
        }
        return Optional.of(new ReleasedTable(name, contract, count, files, hash.hex()));
    }

    private static List<String> texts(List<Object> values, boolean guarded) {
        List<String> cells = new ArrayList<>(values.size());
        for (Object value : values) {
            if (value == null) {
                cells.add(null);
            } else {
                cells.add(guarded && value instanceof String text ? SpreadsheetText.guarded(text) : value.toString());
            }
        }
        return cells;
    }

    private Path created(String file) throws IOException {
        Path path = draft.resolve(file);
        Files.createDirectories(path.getParent());
        return path;
    }

    /** By the key first, so that readers skip row groups; by the rest too, so that the order is the same always. */
    private static Column[] order(Contract contract, List<ReleaseColumn> columns) {
        Set<String> order = new LinkedHashSet<>(contract.key());
        columns.forEach(column -> order.add(column.name()));
        return order.stream().map(name -> col(name)).toArray(Column[]::new);
    }

    private static Dataset<Row> released(
            String name, Contract contract, List<ReleaseColumn> columns, Dataset<Row> rows) {
        Set<String> known = Set.copyOf(Arrays.asList(rows.columns()));
        List<Column> released = new ArrayList<>();
        for (ReleaseColumn column : columns) {
            if (column.contract().required() && !known.contains(column.name())) {
                throw new DoughnutException(
                        ExitCode.DATA_REFUSED,
                        "Cannot release the table " + name + ": it has no column '" + column.name()
                                + "', which its contract requires. Compute it again with the contract's version.");
            }
            Column value = known.contains(column.name()) ? col(column.name()) : lit(null);
            Column cast = value.cast(column.type().sql());
            // both zeros are zero
            released.add((column.type() == ReleaseColumn.Type.DOUBLE ? cast.plus(lit(0.0)) : cast).as(column.name()));
        }
        Dataset<Row> selected = rows.select(released.toArray(Column[]::new));
        return known.contains(Suppressed.STATUS) ? Suppressed.hide(selected) : selected;
    }

    /** Times as instants. */
    private static List<Object> values(Row row) {
        List<Object> values = new ArrayList<>(row.size());
        for (int i = 0; i < row.size(); i++) {
            Object value = row.get(i);
            values.add(value instanceof Timestamp time ? time.toInstant() : value);
        }
        return values;
    }
}

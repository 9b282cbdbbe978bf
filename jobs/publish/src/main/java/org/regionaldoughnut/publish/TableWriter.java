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
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.Contract;

/**
 * Writes one table of a release in one pass over its rows, sorted by the table's key: a Parquet file, its CSV twin and
 * the hash of the values. Spark sorts; the rows are written here, since a job that writes a small file costs seconds.
 */
final class TableWriter {
    private static final String FREE = "F";
    private static final String SUPPRESSED = "Q";
    private static final Set<String> FIGURES =
            Set.of("value", "lower", "upper", "numerator", "denominator", "ratio", "gap_percent");

    private final Path draft;

    /** @param draft folder of the draft */
    TableWriter(Path draft) {
        this.draft = draft;
    }

    /** @param rows a dataset with the contract's columns, in any order and with others beside them */
    ReleasedTable write(Contract contract, Dataset<Row> rows) {
        List<ReleaseColumn> columns = ReleaseColumn.of(contract);
        List<String> names = columns.stream().map(ReleaseColumn::name).toList();
        int confidentiality = names.indexOf("conf_status");
        String parquetName = "parquet/" + contract.id() + "/part-0.parquet";
        String csvName = "csv/" + contract.id() + ".csv";
        ContentHash hash = new ContentHash(names);
        long count = 0;
        try (ParquetFile parquet = new ParquetFile(created(parquetName), columns);
                CsvFile csv = new CsvFile(created(csvName), names)) {
            Iterator<Row> sorted = sorted(contract, columns, rows).toLocalIterator();
            while (sorted.hasNext()) {
                List<Object> values = values(sorted.next());
                if (confidentiality >= 0 && !isFree(values.get(confidentiality))) {
                    suppress(values, names);
                }
                List<String> cells = values.stream()
                        .map(value -> value == null ? null : value.toString())
                        .toList();
                parquet.row(values);
                csv.line(cells);
                hash.row(cells);
                count++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ReleasedTable(contract.id(), count, List.of(parquetName, csvName), hash.hex());
    }

    private Path created(String file) throws IOException {
        Path path = draft.resolve(file);
        Files.createDirectories(path.getParent());
        return path;
    }

    /** By the key first, so that readers skip row groups; by the rest too, so that the order is the same always. */
    private static Dataset<Row> sorted(Contract contract, List<ReleaseColumn> columns, Dataset<Row> rows) {
        Set<String> known = Set.copyOf(Arrays.asList(rows.columns()));
        List<Column> released = new ArrayList<>();
        Set<String> order = new LinkedHashSet<>(contract.key());
        for (ReleaseColumn column : columns) {
            if (column.contract().required() && !known.contains(column.name())) {
                throw new DoughnutException(
                        ExitCode.DATA_REFUSED,
                        "Cannot release the table " + contract.id() + ": it has no column '" + column.name()
                                + "', which its contract requires. Compute it again with the contract's version.");
            }
            Column value = known.contains(column.name()) ? col(column.name()) : lit(null);
            released.add(value.cast(column.type().sql()).as(column.name()));
            order.add(column.name());
        }
        return rows.select(released.toArray(Column[]::new))
                .coalesce(1)
                .sortWithinPartitions(order.stream().map(name -> col(name)).toArray(Column[]::new));
    }

    /** Times as instants; both zeros are zero. */
    private static List<Object> values(Row row) {
        List<Object> values = new ArrayList<>(row.size());
        for (int i = 0; i < row.size(); i++) {
            Object value = row.get(i);
            if (value instanceof Timestamp time) {
                values.add(time.toInstant());
            } else if (value instanceof Double number) {
                values.add(number + 0.0);
            } else {
                values.add(value);
            }
        }
        return values;
    }

    private static boolean isFree(Object status) {
        return status == null || status.equals(FREE);
    }

    /** Figures that are not free for publication are left out. */
    private static void suppress(List<Object> values, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            if (FIGURES.contains(names.get(i))) {
                values.set(i, null);
            } else if (names.get(i).equals("obs_status")) {
                values.set(i, SUPPRESSED);
            } else if (names.get(i).equals("reason")) {
                values.set(i, "confidential");
            }
        }
    }
}

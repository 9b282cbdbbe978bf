package org.regionaldoughnut.app.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;

/** The tables a query may name, {@code layer.name}. */
final class LakeTables {
    private static final StructType QUARANTINE =
            StructType.fromDDL("batch string, file string, line bigint, cell int, received string, stage string, "
                    + "action string, rule string, message string, run string");

    private final Lake lake;
    private final Path folder;

    LakeTables(Lake lake, Path storage) {
        this.lake = lake;
        this.folder = storage.resolve("lake");
    }

    /** Names of all tables there are, in order. */
    List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> tables = Files.walk(folder, 2)) {
            return tables.filter(table -> Files.isDirectory(table.resolve("_delta_log")))
                    .map(folder::relativize)
                    .filter(table -> table.getNameCount() == 2)
                    .map(table -> table.getName(0) + "." + table.getName(1))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param layer as the query names it, upper or lower case
     * @throws org.regionaldoughnut.model.DoughnutException naming near misses where there is no such table
     */
    Dataset<Row> read(String layer, String name) {
        return existing(layer, name)
                .flatMap(lake::read)
                .or(() -> layer.equals("quarantine") && existing("raw", name).isPresent()
                        ? Optional.of(lake.spark().createDataFrame(List.of(), QUARANTINE))
                        : Optional.empty())
                .orElseThrow(() -> QueryProblem.unknownTable(layer + "." + name, names()));
    }

    private Optional<Table> existing(String layer, String name) {
        return names().stream()
                .filter((layer + "." + name)::equalsIgnoreCase)
                .findFirst()
                .map(found -> {
                    int dot = found.indexOf('.');
                    return new Table(found.substring(0, dot), found.substring(dot + 1));
                });
    }
}

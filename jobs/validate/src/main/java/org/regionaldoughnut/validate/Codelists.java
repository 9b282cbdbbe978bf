package org.regionaldoughnut.validate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.regionaldoughnut.office.CsvTable;

/** The codelists that rules refer to by name; each is read once. */
public final class Codelists {
    private static final String SUFFIX = ".csv";

    private final Optional<Path> folder;
    private final Map<String, Optional<CsvTable>> read = new ConcurrentHashMap<>();

    private Codelists(Optional<Path> folder) {
        this.folder = folder;
    }

    /** @param folder that holds {@code <name>.csv}, some in a folder of their own */
    public static Codelists in(Path folder) {
        return new Codelists(Optional.of(folder));
    }

    /** No codelist is known. */
    public static Codelists none() {
        return new Codelists(Optional.empty());
    }

    /** The list of that name; empty where there is none. */
    Optional<CsvTable> table(String name) {
        return read.computeIfAbsent(name, n -> folder.map(f -> f.resolve(n + SUFFIX))
                .filter(Files::isRegularFile)
                .map(CsvTable::read));
    }

    /** Columns of a list, in its order; none where it has no rows. */
    static Set<String> columns(CsvTable table) {
        return table.rows().isEmpty() ? Set.of() : table.rows().get(0).keySet();
    }

    List<String> names() {
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder.get(), 2)) {
            return files.map(file -> folder.get().relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.regionaldoughnut.app.query;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Something that can be asked in SQL. Every method fails with a DoughnutException where the question is at fault. */
public interface Question {
    Answer run(String sql);

    /** Writes the answer as one Parquet file, in place of one that is there. */
    void toParquet(String sql, Path file);

    /** Names of the tables there are. */
    List<String> tables();

    /** Columns of a table: name, type and, where it is known, what it means. */
    Answer schema(String table);

    /** What a column means, from the release's dictionary. */
    default Optional<String> meaning(String table, String column) {
        return Optional.empty();
    }
}

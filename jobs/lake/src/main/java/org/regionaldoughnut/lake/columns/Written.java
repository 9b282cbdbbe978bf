package org.regionaldoughnut.lake.columns;

import java.io.Serializable;
import java.util.Map;

/**
 * A file that was written.
 *
 * @param path below the table's folder, as a URI
 * @param partition column to value, null where it is null
 * @param modified milliseconds since 1970
 * @param statistics of its columns, as Delta keeps them
 * @param marks what is said of its rows (see {@link Apart})
 */
public record Written(
        String path,
        Map<String, String> partition,
        long bytes,
        long modified,
        String statistics,
        Map<String, String> marks)
        implements Serializable {}

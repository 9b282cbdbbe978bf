package org.regionaldoughnut.office;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a source lies that is no file of this machine. Texts may hold {@code ${secret:NAME}}. */
public sealed interface Place {

    /** The received file or files below the folder where the source's files are kept, a name or a pattern. */
    String files();

    /**
     * A file on a web server.
     *
     * @param headers further fields of the request
     * @param sha256 lower-case hex of the expected content
     * @param files name under which the file is kept
     */
    record Web(String url, Map<String, String> headers, Optional<String> sha256, String files) implements Place {}

    /**
     * A query of a database; an extraction is a file of JSON lines.
     *
     * @param query one SQL select
     * @param incrementalBy column that grows with every new or changed row: only rows beyond the last seen are asked for
     * @param orderBy columns that put the rows in one order; empty for all in their own
     */
    record Database(
            String url,
            Optional<String> user,
            Optional<String> password,
            String query,
            Optional<String> incrementalBy,
            List<String> orderBy)
            implements Place {
        @Override
        public String files() {
            return incrementalBy.isPresent() ? "extraction-*.jsonl.gz" : "extraction.jsonl.gz";
        }
    }
}

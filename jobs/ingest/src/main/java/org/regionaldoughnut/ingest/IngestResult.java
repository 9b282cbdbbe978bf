package org.regionaldoughnut.ingest;

import java.util.List;

/**
 * What became of the files of a source.
 *
 * @param cellsIn cells in scope; kept + quarantined
 * @param deltaVersion version of {@code raw.<source>} after the write
 */
public record IngestResult(List<BatchCount> batches, long cellsIn, long kept, long quarantined, long deltaVersion) {

    /** Cells of one file. */
    public record BatchCount(String batch, String file, long bytes, long cellsIn, long quarantined) {}
}

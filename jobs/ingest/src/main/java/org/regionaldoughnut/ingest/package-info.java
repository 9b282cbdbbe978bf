/**
 * Parses what was received and keeps it. Files and the description of their source come in; rows typed by the contract
 * go out to {@code raw.<source>}, what cannot be parsed to {@code quarantine.<source>}, and cells in = cells kept +
 * cells quarantined. It must not know what the figures mean, which regions exist or what is computed from them.
 *
 * <p>A {@link org.regionaldoughnut.ingest.Reader} reads one kind of format and hands over the cells as {@code Received};
 * {@code Mapping} makes rows of the contract of them. The column {@code action} of raw tables holds what the sender
 * wants done with a row: {@code append} or {@code merge} (add or revise it, withdraw nothing else), {@code replace} (the
 * rows of the batch stand for all there are), {@code delete} (withdraw it); null where the format does not say, which
 * means that the file is the whole table.
 */
package org.regionaldoughnut.ingest;

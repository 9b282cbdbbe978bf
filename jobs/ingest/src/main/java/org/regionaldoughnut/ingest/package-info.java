/**
 * Parses what was received and keeps it. Files and the description of their source come in; rows typed by the contract
 * go out to {@code raw.<source>}, what cannot be parsed to {@code quarantine.<source>}, and cells in = cells kept +
 * cells quarantined. It must not know what the figures mean, which regions exist or what is computed from them.
 */
package org.regionaldoughnut.ingest;

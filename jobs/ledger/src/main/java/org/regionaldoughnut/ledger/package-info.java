/**
 * The ledger: what was done, with what, by whom.
 *
 * <p>In come the beginnings and ends of runs and steps, batches as they are received and judged, releases, and who may
 * write. Out go the same facts, so that a caller can tell what need not be done again and what was left unfinished. It
 * is kept in an embedded H2 file, or in PostgreSQL when a URL says so; both hold the same tables, made by the same
 * migrations. It must not know Spark, Delta, configuration files or any figure: a table's name and version, a hash and
 * a count are all it is told.
 */
package org.regionaldoughnut.ledger;

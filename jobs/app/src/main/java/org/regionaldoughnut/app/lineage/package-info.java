/**
 * Lineage: what each step reads and writes, said to others as OpenLineage events and asked of the ledger. The office and
 * the ledger's records come in; events and trees of tables, files and batches go out. It must not run steps.
 */
package org.regionaldoughnut.app.lineage;

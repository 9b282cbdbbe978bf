/**
 * Decides what may leave the house, builds drafts of releases and publishes them. Statistics tables, the regions, the
 * office and its ledger come in; a folder anyone can read without this software goes out: the tables in several formats
 * with their descriptions, the configuration they were made under, what changed since the release before, and the
 * pointer to the latest release. It must not know how a figure was computed nor how a page looks.
 */
package org.regionaldoughnut.publish;

/**
 * Builds drafts of releases and publishes them. Statistics tables, the regions and the office come in; a folder anyone
 * can read without this software goes out: Parquet and CSV with their description, the configuration they were made
 * under, and the pointer to the latest release. It must not know how a figure was computed nor how a page looks.
 */
package org.regionaldoughnut.publish;

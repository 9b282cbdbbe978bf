/**
 * Questions in SQL: about the latest release, answered by DuckDB, or about the tables of the lake, answered by Spark.
 * A text comes in, columns and rows go out. It must not change what it reads nor know what the figures mean.
 */
package org.regionaldoughnut.app.query;

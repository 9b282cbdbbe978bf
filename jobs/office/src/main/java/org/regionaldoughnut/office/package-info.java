/**
 * Reads and checks {@code conf/} and {@code schemas/}: YAML, JSON Schema and CSV files come in, records of one office
 * go out, or all problems at once, each with file and line. It must not know of Spark, databases or what the rooms do
 * with the records.
 */
package org.regionaldoughnut.office;

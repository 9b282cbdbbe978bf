/**
 * Doughnuts for people: the Parquet tables of a draft or release and the office's catalogue come in, self-contained
 * HTML pages go out into the same folder. It must not know how the figures were computed, nor of Spark or the lake.
 */
package org.regionaldoughnut.report;

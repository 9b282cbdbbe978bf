/**
 * The Spark session and the Delta tables of one storage. Datasets come in with the name of their table and the
 * identity of their write, committed versions go out. It must not know what the columns mean, who writes them or why.
 */
package org.regionaldoughnut.lake;

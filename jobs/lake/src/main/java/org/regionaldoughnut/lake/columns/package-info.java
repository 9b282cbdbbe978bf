/**
 * Parquet files written column by column, for tables of millions of rows whose columns mostly repeat the value before.
 * Rows come in as Spark keeps them within, with the schema of their table; files below the table's folder and what Delta
 * has to know of them go out. It must not know of versions of tables, nor what columns mean.
 */
package org.regionaldoughnut.lake.columns;

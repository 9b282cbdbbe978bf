/**
 * The field's nouns as records and small values: region, reference period, statuses, indicator, boundary, framework,
 * coverage. Text comes in where a publisher's spelling is parsed, records go out. It must not know of files,
 * databases, Spark or any other module.
 */
package org.regionaldoughnut.model;

/**
 * Pipelines of an office, from YAML to DAGs. In: checked files and the product's verbs. Out: DAGs, or problems with file
 * and line. It knows no database and no clock.
 */
package org.regionaldoughnut.schedule.pipeline;

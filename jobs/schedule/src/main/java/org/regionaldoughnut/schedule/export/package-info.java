/** DAGs for others: a DAG file that a stock Airflow 3 runs, and YAML for dag-factory. In: DAGs. Out: text. */
package org.regionaldoughnut.schedule.export;

/**
 * When the work is done. Pipelines of an office come in as DAGs, runs and their tasks go out; Quartz is the durable clock
 * and worker pool underneath, Airflow's words and semantics are outside. The packages, from the ground up: {@code model}
 * (nouns), {@code timetable} (times), {@code decision} (trigger rules), {@code store} (memory), {@code pipeline} (YAML to
 * DAGs), {@code task} (doing one), {@code engine} (Quartz), {@code api} and {@code web} (for programs and people).
 *
 * <p>It must not know Spark, tables of the lake, nor how a step is done: steps are called through an interface that the
 * command line implements.
 */
package org.regionaldoughnut.schedule;

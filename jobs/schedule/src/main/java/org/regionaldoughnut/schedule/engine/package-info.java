/**
 * The engine of one node: Quartz fires, the store decides, tasks run. In: DAGs, the store, a way to run tasks. Out: runs
 * that move on, reports of what failed or is late. Several nodes share one database; each of them may be killed at any
 * time. What must hold, the database holds: a lost or repeated alarm of Quartz costs time, never a run.
 */
package org.regionaldoughnut.schedule.engine;

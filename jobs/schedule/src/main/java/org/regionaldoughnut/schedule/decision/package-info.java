/**
 * What becomes of the tasks of a run and of the run itself: trigger rules, retries, how a run ends. Pure functions of
 * the DAG and the states; they know no database and no clock.
 */
package org.regionaldoughnut.schedule.decision;

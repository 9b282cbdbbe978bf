/**
 * The nouns of the scheduler, in Airflow's words: DAGs, runs, task instances, pools, backfills, assets, users. Pure
 * records; they know no database, no clock and no Quartz.
 */
package org.regionaldoughnut.schedule.model;

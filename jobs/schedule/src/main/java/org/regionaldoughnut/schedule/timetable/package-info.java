/**
 * When runs are due: Unix cron and presets on {@code java.time}, in the time zone of the DAG, daylight saving
 * included. In: a schedule and a time. Out: due runs. It knows no database, no clock and no Quartz.
 */
package org.regionaldoughnut.schedule.timetable;

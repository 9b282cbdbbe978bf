package org.regionaldoughnut.schedule.alert;

/**
 * What people should know.
 *
 * @param kind run_failed, run_late or node_lost
 * @param subject in one line
 */
public record Alert(String kind, String dagId, String runId, String subject, String text) {}

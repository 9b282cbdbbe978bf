package org.regionaldoughnut.schedule.model;

/** Identity of a try. */
public record TryKey(String dagId, String runId, String taskId, int tryNumber) {
    @Override
    public String toString() {
        return dagId + "/" + runId + "/" + taskId + "/" + tryNumber;
    }
}

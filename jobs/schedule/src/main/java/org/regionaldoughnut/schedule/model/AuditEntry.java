package org.regionaldoughnut.schedule.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Who changed what; Airflow calls it an event log.
 *
 * @param event a word such as {@code trigger}, {@code clear}, {@code login_failed}
 * @param extra more of it, in text or JSON
 */
public record AuditEntry(
        long id,
        Instant at,
        String event,
        Optional<String> userName,
        Optional<String> dagId,
        Optional<String> runId,
        Optional<String> taskId,
        Optional<Integer> tryNumber,
        Optional<Instant> logicalDate,
        Optional<String> extra) {

    /** To be written; the store gives it its id and time. */
    public static AuditEntry of(String event, Optional<String> userName) {
        return new AuditEntry(
                0,
                Instant.EPOCH,
                event,
                userName,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public AuditEntry of(String dag, Optional<String> run, Optional<String> task) {
        return new AuditEntry(id, at, event, userName, Optional.of(dag), run, task, tryNumber, logicalDate, extra);
    }

    public AuditEntry with(String more) {
        return new AuditEntry(id, at, event, userName, dagId, runId, taskId, tryNumber, logicalDate, Optional.of(more));
    }
}

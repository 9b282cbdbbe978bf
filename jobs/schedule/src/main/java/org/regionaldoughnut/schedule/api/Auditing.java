package org.regionaldoughnut.schedule.api;

import io.javalin.http.Context;
import java.util.Optional;
import org.regionaldoughnut.schedule.model.AuditEntry;
import org.regionaldoughnut.schedule.store.ScheduleStore;

/** Writes down who changed what through the API. */
final class Auditing {
    private Auditing() {}

    static void of(ScheduleStore store, Context request, String event, String dagId) {
        store.audit().add(entry(request, event).of(dagId, Optional.empty(), Optional.empty()));
    }

    static void of(
            ScheduleStore store, Context request, String event, String dagId, String runId, Optional<String> taskId) {
        store.audit().add(entry(request, event).of(dagId, Optional.of(runId), taskId));
    }

    static void other(ScheduleStore store, Context request, String event, String what) {
        store.audit().add(entry(request, event).with(what));
    }

    private static AuditEntry entry(Context request, String event) {
        return AuditEntry.of(event, Optional.of(Guard.account(request).name()));
    }
}

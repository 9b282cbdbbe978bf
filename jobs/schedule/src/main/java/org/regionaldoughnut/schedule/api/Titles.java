package org.regionaldoughnut.schedule.api;

import org.regionaldoughnut.schedule.model.DagVersion;
import org.regionaldoughnut.schedule.store.ScheduleStore;

/** The names by which people know DAGs. */
final class Titles {
    private final ScheduleStore store;

    Titles(ScheduleStore store) {
        this.store = store;
    }

    /** As it was when the run was made. */
    String of(DagVersion version) {
        return store.dags().definition(version.id()).title();
    }

    /** As it is now; the id of a DAG that is gone. */
    String of(String dagId) {
        return store.dags().find(dagId).map(known -> known.dag().title()).orElse(dagId);
    }
}

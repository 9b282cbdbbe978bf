package org.regionaldoughnut.schedule.api;

import io.javalin.security.RouteRole;
import org.regionaldoughnut.schedule.model.Role;

/** What a route asks of the one who calls it. */
enum Need implements RouteRole {
    /** Nothing: health, version, log-in, the files of the page. */
    NOTHING,
    /** To look. */
    VIEWER,
    /** To start, clear, pause and backfill. */
    USER,
    /** To change pools, and to read the audit log. */
    OPERATOR;

    Role role() {
        return Role.valueOf(name());
    }
}

package org.regionaldoughnut.bench;

import java.util.Map;
import org.regionaldoughnut.lake.Session;

/** A process that starts a Spark session and ends: what a run that has nothing to do is measured against. */
public final class BareSession {
    private BareSession() {}

    public static void main(String[] arguments) {
        Session.open("local[*]", Map.of()).stop();
    }
}

package org.regionaldoughnut.schedule.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.regionaldoughnut.ledger.Holder;
import org.regionaldoughnut.schedule.model.NodeRecord;

/**
 * Tells which nodes are no more. On this machine, a process that is gone is gone. Elsewhere, a node whose count of
 * heartbeats has stood still while we looked at it again and again is given up: no two clocks are compared, and time in
 * which nobody reached the database does not count.
 */
final class Watch {
    private static final int LOOKS = 3;

    private final Duration patience;
    private final LongSupplier nanos;
    private final Map<String, Seen> seen = new HashMap<>();

    private record Seen(long beats, long since, int looks) {}

    Watch(Duration patience, LongSupplier nanos) {
        this.patience = patience;
        this.nanos = nanos;
    }

    boolean isLost(NodeRecord node, Holder us) {
        var holder = new Holder(node.host(), node.pid(), node.processStarted());
        if (holder.isGoneFrom(us.host())) {
            return true;
        }
        if (holder.livesOn(us.host())) {
            return false;
        }
        var now = nanos.getAsLong();
        var before = seen.get(node.id());
        if (before == null || before.beats() != node.beats()) {
            seen.put(node.id(), new Seen(node.beats(), now, 1));
            return false;
        }
        seen.put(node.id(), new Seen(before.beats(), before.since(), before.looks() + 1));
        return before.looks() >= LOOKS && now - before.since() > patience.toNanos();
    }

    /** After a time in which nothing could be seen, all begins anew. */
    void forget() {
        seen.clear();
    }
}

package org.regionaldoughnut.ledger;

import java.time.Instant;

/**
 * The right to write to a storage, held by one process at a time.
 *
 * @param holder what holds it, in words a reader understands (a run, the scheduler)
 * @param host the machine it runs on
 * @param pid the process on that machine
 * @param acquired since when
 * @param heartbeat when the holder last said that it lives
 */
public record Lease(String holder, String host, long pid, Instant acquired, Instant heartbeat) {
    public Lease {
        Checks.filled(holder, "holder");
        Checks.filled(host, "host");
        acquired = Checks.kept(acquired, "acquired");
        heartbeat = Checks.kept(heartbeat, "heartbeat");
    }
}

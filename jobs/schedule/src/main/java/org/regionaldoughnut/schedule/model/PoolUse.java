package org.regionaldoughnut.schedule.model;

/** A pool and the slots that tasks in these states hold or wait for. */
public record PoolUse(Pool pool, int queued, int running, int scheduled) {
    public int occupied() {
        return queued + running;
    }

    /** Slots to be had; as good as unlimited where the pool has no bound. */
    public int open() {
        return pool.slots() < 0 ? Integer.MAX_VALUE : Math.max(0, pool.slots() - occupied());
    }
}

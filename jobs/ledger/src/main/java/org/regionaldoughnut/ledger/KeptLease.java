package org.regionaldoughnut.ledger;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lease that renews itself on a daemon thread until it is closed or lost. */
final class KeptLease implements LeaseHandle {
    private static final Logger LOG = LoggerFactory.getLogger(KeptLease.class);

    private final Lease lease;
    private final BooleanSupplier renew;
    private final Runnable release;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean lost;

    /**
     * @param renew says whether the lease is still ours, and renews it
     * @param release gives it back
     */
    KeptLease(Lease lease, Duration every, BooleanSupplier renew, Runnable release) {
        this.lease = lease;
        this.renew = renew;
        this.release = release;
        var keeper = new Thread(() -> keep(every), "ledger-lease");
        keeper.setDaemon(true);
        keeper.start();
    }

    /** Waits on a latch: interrupting a thread while H2 reads would close the database under everyone. */
    private void keep(Duration every) {
        while (!lost) {
            try {
                if (closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                lost = !renew.getAsBoolean() && closed.getCount() > 0;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                // the database may come back before the lease ends; verify() tells whether it did
                LOG.warn("Cannot renew the lease of {}: {}. Trying again.", lease.holder(), e.getMessage());
            }
        }
    }

    @Override
    public Lease lease() {
        return lease;
    }

    @Override
    public void verify() {
        if (closed.getCount() == 0) {
            throw new LedgerException(
                    "Cannot write as " + lease.holder() + ": the lease was given back. Acquire it anew.");
        }
        if (lost || !renew.getAsBoolean()) {
            lost = true;
            throw new LedgerException("Cannot write as " + lease.holder()
                    + ": the lease was taken over by another process. Run again when that has ended.");
        }
    }

    @Override
    public synchronized void close() {
        if (closed.getCount() > 0) {
            closed.countDown();
            release.run();
        }
    }
}

package org.regionaldoughnut.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every ledger in a database keeps to beyond the common contract. */
abstract class DatabaseContractTest extends LedgerContractTest {
    private static final Duration LIFE = Duration.ofSeconds(60);

    abstract LedgerSettings settings();

    @Override
    Ledger open() {
        return Ledgers.open(settings(), clock);
    }

    @Test
    void migratingTwiceChangesNothing() {
        ledger.putMeta("word", "kept");
        var connections = Connections.to(settings());
        try {
            var again =
                    LedgerSchema.migrations(connections.source(), clock).load().migrate();

            assertThat(again.migrationsExecuted).isZero();
            assertThat(ledger.meta("word")).contains("kept");
        } finally {
            connections.close().run();
        }
    }

    @Test
    void aLedgerOfANewerProgramIsRefused() {
        database(connection -> Sql.update(connection, "update \"ledger_history\" set \"version\" = '999'"));

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(this::open)
                .withMessageContaining("of version 999")
                .withMessageContaining("up to " + LedgerSchema.NEWEST);
    }

    @Test
    void ofManyWhoAskAtOnceOneGetsTheLease() throws Exception {
        var winners = new AtomicInteger();
        var threads = Executors.newFixedThreadPool(6);
        var second = another();
        try {
            Callable<String> ask = () -> {
                try {
                    (winners.get() % 2 == 0 ? ledger : second).acquireLease("run");
                    winners.incrementAndGet();
                    return "won";
                } catch (LeaseHeldException e) {
                    return "held";
                }
            };
            for (var answer : threads.invokeAll(Collections.nCopies(12, ask))) {
                answer.get();
            }
            assertThat(winners).hasValue(1);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void theLeaseOfAProcessGoneFromThisMachineIsTakenOverAtOnce() {
        var gone = new Holder(Holder.thisProcess().host(), Integer.MAX_VALUE, Optional.of(Instant.EPOCH));
        leave(gone, clock.instant());

        try (var lease = ledger.acquireLease("run 2")) {
            assertThat(ledger.lease()).contains(lease.lease());
        }
    }

    @Test
    void theLeaseOfAnEarlierProcessWithOurNumberIsTakenOver() {
        var us = Holder.thisProcess();
        leave(new Holder(us.host(), us.pid(), Optional.of(Instant.EPOCH)), clock.instant());

        ledger.acquireLease("run 2").close();
    }

    @Test
    void aLivingProcessOfThisMachineKeepsItsLeaseThroughAPause() {
        leave(Holder.thisProcess(), clock.instant());
        clock.advance(LIFE.multipliedBy(10));

        assertThatExceptionOfType(LeaseHeldException.class).isThrownBy(() -> ledger.acquireLease("run 2"));
    }

    @Test
    void aLeaseFromAnotherMachineIsTakenOverWhenItsTimeIsUp() {
        leave(new Holder("elsewhere", 1, Optional.empty()), clock.instant());
        clock.advance(LIFE.minusSeconds(1));
        assertThatExceptionOfType(LeaseHeldException.class)
                .isThrownBy(() -> ledger.acquireLease("run 2"))
                .withMessageContaining("elsewhere");

        clock.advance(Duration.ofSeconds(2));
        ledger.acquireLease("run 2").close();
    }

    @Test
    void aLostLeaseIsNoticed() {
        var lease = ledger.acquireLease("run 1");
        database(connection -> Sql.update(connection, "delete from lease"));

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(lease::verify)
                .withMessageContaining("taken over");
        lease.close();
    }

    @Test
    void aLeaseIsRenewedWhileItIsHeld() throws Exception {
        try (var quick = Ledgers.open(settings().withLease(LIFE, Duration.ofMillis(20)), clock);
                var lease = quick.acquireLease("run 1")) {
            clock.advance(Duration.ofSeconds(5));
            for (var tries = 0; tries < 200 && !renewed(lease.lease()); tries++) {
                Thread.sleep(20);
            }
            assertThat(renewed(lease.lease())).isTrue();
        }
    }

    private boolean renewed(Lease lease) {
        return ledger.lease().orElseThrow().heartbeat().isAfter(lease.heartbeat());
    }

    private void leave(Holder process, Instant heartbeat) {
        var lease = new Lease("run 1", process.host(), process.pid(), heartbeat, heartbeat);
        database(connection -> {
            LeaseTable.insert(
                    connection, new LeaseTable.Held(lease, UUID.randomUUID().toString(), process));
            return lease;
        });
    }

    final void database(Transactions.Work<?> work) {
        var connections = Connections.to(settings());
        try {
            Ledgers.transactions(connections, settings()).write(work);
        } finally {
            connections.close().run();
        }
    }
}

package org.regionaldoughnut.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionaldoughnut.model.ExitCode;

/** What every ledger keeps to, whatever it is kept in. */
abstract class LedgerContractTest {
    final TickingClock clock = new TickingClock();
    private final List<Ledger> opened = new ArrayList<>();
    Ledger ledger;

    /** Opens the ledger of this test, the same one at each call. */
    abstract Ledger open();

    final Ledger another() {
        var other = open();
        opened.add(other);
        return other;
    }

    @BeforeEach
    void openOne() {
        ledger = another();
    }

    @AfterEach
    void closeAll() {
        opened.forEach(Ledger::close);
    }

    @Test
    void oneStorageServesOneOffice() {
        ledger.claimStorage("sample");
        ledger.claimStorage("sample");

        assertThatExceptionOfType(StorageClaimedException.class)
                .isThrownBy(() -> another().claimStorage("uk"))
                .withMessageContaining("office uk")
                .withMessageContaining("serves office sample");
    }

    @Test
    void aLeaseIsHeldByOneAtATimeAndTheOtherIsToldByWhom() {
        try (var lease = ledger.acquireLease("run 1")) {
            lease.verify();

            assertThatExceptionOfType(LeaseHeldException.class)
                    .isThrownBy(() -> another().acquireLease("run 2"))
                    .withMessageContaining("run 1")
                    .withMessageContaining(
                            String.valueOf(ProcessHandle.current().pid()))
                    .withMessageContaining(lease.lease().host())
                    .withMessageContaining("2026-03-29T01:30:00.123456Z")
                    .satisfies(held -> assertThat(held.lease()).isEqualTo(lease.lease()))
                    .satisfies(held -> assertThat(held.exitCode()).isEqualTo(ExitCode.CONFLICT));
        }

        assertThat(ledger.lease()).isEmpty();
        another().acquireLease("run 2").close();
    }

    @Test
    void aLeaseGivenBackTwiceIsGivenBackOnce() {
        var first = ledger.acquireLease("run 1");
        first.close();
        try (var second = ledger.acquireLease("run 2")) {
            first.close();

            second.verify();
            assertThatExceptionOfType(LedgerException.class)
                    .isThrownBy(first::verify)
                    .withMessageContaining("given back");
        }
    }

    @Test
    void aRunIsRememberedFromStartToEnd() {
        var start = new RunStart(
                "r1",
                "uk",
                "main",
                Optional.of(Instant.parse("2026-03-28T00:00:00Z")),
                Optional.of(Instant.parse("2026-03-28T23:59:59.999999Z")));
        var run = ledger.startRun(start);
        assertThat(run.state()).isEqualTo(RunState.RUNNING);
        assertThat(ledger.unfinishedRuns()).containsExactly(run);

        clock.advance(Duration.ofSeconds(7));
        ledger.endRun("r1", RunState.SUCCEEDED);

        var ended = another().run("r1").orElseThrow();
        assertThat(ended.asOf()).contains(Instant.parse("2026-03-28T23:59:59.999999Z"));
        assertThat(ended.logicalDate()).isEqualTo(start.logicalDate());
        assertThat(ended.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(Duration.between(ended.started(), ended.ended().orElseThrow()))
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(ledger.unfinishedRuns()).isEmpty();
        assertThat(ledger.run("r2")).isEmpty();
    }

    @Test
    void theLatestRunIsTheOneThatBeganLastEvenWithinOneInstant() {
        assertThat(ledger.latestRun()).isEmpty();
        ledger.startRun(RunStart.of("b", "uk", "main"));
        ledger.startRun(RunStart.of("a", "uk", "main"));

        assertThat(ledger.latestRun().orElseThrow().id()).isEqualTo("a");
    }

    @Test
    void aRunStartedAgainUnderItsIdKeepsItsStart() {
        var first = ledger.startRun(RunStart.of("r1", "uk", "main"));
        ledger.endRun("r1", RunState.FAILED);
        clock.advance(Duration.ofHours(1));

        assertThat(ledger.startRun(RunStart.of("r1", "uk", "main"))).isEqualTo(first);
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> ledger.startRun(RunStart.of("r1", "uk", "nightly")))
                .withMessageContaining("pipeline main");
    }

    @Test
    void whatWasNeverStartedCannotBeEnded() {
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> ledger.endRun("r1", RunState.FAILED));
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> ledger.endStep(4, StepEnd.failed("x")));
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> ledger.startStep(step("none", "trade")));
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> ledger.setBatchState("trade", "b1", BatchState.ACCEPTED));
    }

    @Test
    void endingSomethingAsRunningIsRefused() {
        ledger.startRun(RunStart.of("r1", "uk", "main"));

        assertThatIllegalArgumentException().isThrownBy(() -> ledger.endRun("r1", RunState.RUNNING));
    }

    @Test
    void aStepIsRememberedWithItsCountsAndItsCommit() {
        ledger.startRun(RunStart.of("r1", "uk", "main"));
        var id = ledger.startStep(step("r1", "trade"));
        assertThat(ledger.unfinishedSteps()).extracting(StepRecord::id).containsExactly(id);
        assertThat(ledger.latestStep("harmonise", "trade")).isEmpty();

        ledger.endStep(id, StepEnd.succeeded(10, 8, 2).committedTo("harmonised.trade", 3));

        var ended = another().latestStep("harmonise", "trade").orElseThrow();
        assertThat(ended.id()).isEqualTo(id);
        assertThat(ended.rowsIn()).isEqualTo(10);
        assertThat(ended.rowsOut()).isEqualTo(8);
        assertThat(ended.quarantined()).isEqualTo(2);
        assertThat(ended.deltaTable()).contains("harmonised.trade");
        assertThat(ended.deltaVersion()).hasValue(3);
        assertThat(ended.period()).contains("2019");
        assertThat(ended.reason()).isEqualTo("new input");
        assertThat(ended.txnAppId()).isEqualTo("doughnut/harmonise/trade");
        assertThat(ledger.unfinishedSteps()).isEmpty();
        assertThat(ledger.steps("r1")).containsExactly(ended);
    }

    @Test
    void theLatestStepIsTheLatestSuccess() {
        ledger.startRun(RunStart.of("r1", "uk", "main"));
        var good = ledger.startStep(step("r1", "trade"));
        ledger.endStep(good, StepEnd.succeeded(1, 1, 0));
        ledger.endStep(ledger.startStep(step("r1", "trade")), StepEnd.failed("Cannot read: torn file."));
        ledger.endStep(ledger.startStep(step("r1", "trade")), StepEnd.skipped("up to date"));
        ledger.endStep(ledger.startStep(step("r1", "emissions")), StepEnd.succeeded(1, 1, 0));

        assertThat(ledger.latestStep("harmonise", "trade").orElseThrow().id()).isEqualTo(good);
        assertThat(ledger.steps("r1"))
                .extracting(StepRecord::state)
                .containsExactly(StepState.SUCCEEDED, StepState.FAILED, StepState.SKIPPED, StepState.SUCCEEDED);
        assertThat(ledger.steps("r1").get(1).reason()).isEqualTo("Cannot read: torn file.");
    }

    @Test
    void idsOfStepsGrowAlsoAmongThreads() throws Exception {
        ledger.startRun(RunStart.of("r1", "uk", "main"));
        var threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Long> one = () -> {
                var id = ledger.startStep(step("r1", "trade"));
                ledger.endStep(id, StepEnd.succeeded(1, 1, 0));
                return id;
            };
            var ids = new ArrayList<Long>();
            for (var result : threads.invokeAll(java.util.Collections.nCopies(40, one))) {
                ids.add(result.get());
            }
            assertThat(ids).doesNotHaveDuplicates();
            assertThat(ledger.startStep(step("r1", "trade")))
                    .isGreaterThan(ids.stream().mapToLong(Long::longValue).max().orElseThrow());
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void idsOfStepsBeginAtTheTimeOfDaySoThatALedgerMadeAnewDoesNotRepeatThem() {
        ledger.startRun(RunStart.of("r1", "uk", "main"));

        assertThat(ledger.startStep(step("r1", "trade"))).isGreaterThanOrEqualTo(clock.millis());
    }

    @Test
    void batchesComeInOrderOfReceipt() {
        var late = batch("trade", "b1", "2026-02-02T00:00:00Z");
        var early = batch("trade", "b2", "2026-02-01T00:00:00Z");
        var twin = batch("trade", "b0", "2026-02-02T00:00:00Z");
        for (var batch : List.of(late, early, twin, batch("census", "b1", "2026-01-01T00:00:00Z"))) {
            assertThat(ledger.recordBatch(batch)).isTrue();
        }

        assertThat(another().batches("trade")).containsExactly(early, late, twin);
        assertThat(ledger.batch("trade", "b2")).contains(early);
        assertThat(ledger.batch("trade", "b9")).isEmpty();
    }

    @Test
    void theSameBatchAgainKeepsItsTimeOfReceipt() {
        var first = batch("trade", "b1", "2026-02-01T00:00:00Z");
        ledger.recordBatch(first);

        assertThat(ledger.recordBatch(batch("trade", "b1", "2026-02-05T00:00:00Z")))
                .isFalse();
        ledger.setBatchState("trade", "b1", BatchState.STOPPED);

        var kept = ledger.batch("trade", "b1").orElseThrow();
        assertThat(kept.received()).isEqualTo(first.received());
        assertThat(kept.state()).isEqualTo(BatchState.STOPPED);
        assertThat(kept.vintage()).isEqualTo(Instant.parse("2020-10-15T00:00:00Z"));
        assertThat(ledger.batches("trade")).hasSize(1);
    }

    @Test
    void releasesAreFoundByIdAndByState() {
        assertThat(ledger.latestRelease(ReleaseState.PUBLISHED)).isEmpty();
        ledger.recordRelease(release("uk-1", ReleaseState.PUBLISHED));
        ledger.recordRelease(release("uk-2", ReleaseState.DRAFT));
        assertThat(ledger.latestRelease(ReleaseState.PUBLISHED).orElseThrow().id())
                .isEqualTo("uk-1");

        ledger.recordRelease(release("uk-2", ReleaseState.PUBLISHED));

        assertThat(another().latestRelease(ReleaseState.PUBLISHED)).contains(release("uk-2", ReleaseState.PUBLISHED));
        assertThat(ledger.latestRelease(ReleaseState.DRAFT)).isEmpty();
        assertThat(ledger.release("uk-1")).contains(release("uk-1", ReleaseState.PUBLISHED));
    }

    @Test
    void aWordIsRememberedUntilItIsReplaced() {
        assertThat(ledger.meta("bytes")).isEmpty();
        ledger.putMeta("bytes", "1");
        ledger.putMeta("bytes", "2");

        assertThat(another().meta("bytes")).contains("2");
    }

    static StepStart step(String runId, String subject) {
        return new StepStart(runId, "harmonise", subject, Optional.of("2019"), "in", "conf", "room", "new input");
    }

    private static BatchRecord batch(String source, String batch, String received) {
        return new BatchRecord(
                source,
                batch,
                "trade/T1.xlsx",
                1234,
                Optional.of(Instant.parse("2025-10-26T01:30:00.123456789Z")),
                Instant.parse(received),
                Optional.of(Instant.parse("2020-10-15T00:00:00Z")),
                56,
                112,
                1,
                BatchState.RECEIVED,
                "mapping");
    }

    @Test
    void aReleaseKeepsWhoApprovedWhatUntilWhenItWaitsAndWhatItAmends() {
        var noon = Instant.parse("2026-03-01T12:00:00Z");
        var draft = ReleaseRecord.draft(
                "uk-3-v2",
                "uk",
                "drafts/uk-3-v2",
                "hash",
                "r1",
                noon,
                Optional.of(noon.plusSeconds(60)),
                Optional.of("uk-3"));
        ledger.recordRelease(draft);
        assertThat(another().release("uk-3-v2")).contains(draft);

        var approved = draft.approved(new Approval("A. Clerk", noon, "", "bytes"), draft.embargo());
        ledger.recordRelease(approved);
        assertThat(approved.state()).isEqualTo(ReleaseState.EMBARGOED);
        assertThat(another().release("uk-3-v2")).contains(approved);

        ledger.recordRelease(approved.withoutApproval());
        assertThat(another().releases()).containsExactly(draft);
        var published = approved.published("releases/uk-3-v2", noon.plusSeconds(60));
        ledger.recordRelease(published);
        assertThat(another().releases()).containsExactly(published);
    }

    private static ReleaseRecord release(String id, ReleaseState state) {
        var created = Instant.parse("2026-03-29T01:30:00Z");
        var published = state == ReleaseState.PUBLISHED ? Optional.of(created) : Optional.<Instant>empty();
        return new ReleaseRecord(
                id,
                "uk",
                state,
                "releases/" + id,
                "hash",
                "r1",
                created,
                published,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}

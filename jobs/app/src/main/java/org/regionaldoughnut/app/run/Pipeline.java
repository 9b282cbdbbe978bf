package org.regionaldoughnut.app.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.regionaldoughnut.app.lineage.LineageEvents;
import org.regionaldoughnut.ingest.landing.Landing;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.ledger.LeaseHandle;
import org.regionaldoughnut.ledger.Ledger;
import org.regionaldoughnut.ledger.ReleaseState;
import org.regionaldoughnut.ledger.RunRecord;
import org.regionaldoughnut.ledger.RunStart;
import org.regionaldoughnut.ledger.RunState;
import org.regionaldoughnut.ledger.StepEnd;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.ConfigurationException;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Problem;
import org.regionaldoughnut.publish.Dissemination;
import org.regionaldoughnut.publish.Releases;

/** Plans and runs the steps of one office. */
public final class Pipeline {
    static final DateTimeFormatter RUN_ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
    private static final String DEFAULT = "default";

    private final Office office;
    private final Ledger ledger;
    private final LongFunction<Lake> lake;
    private final Path storage;
    private final Clock clock;
    private final long blockBytes;
    private final Optional<LocalDate> asOf;
    private final Landing landing;
    private final Supplier<LineageEvents> lineage;
    private final Fingerprints fingerprints = new Fingerprints();

    /**
     * @param lake opened only where something is due, for so many bytes of input
     * @param lineage opened only where something is due; told what steps read and wrote
     * @param asOf figures as they were known at the end of that day in the office's zone
     * @param landing brings what lies elsewhere
     */
    public Pipeline(
            Office office,
            Ledger ledger,
            LongFunction<Lake> lake,
            Path storage,
            Clock clock,
            long blockBytes,
            Optional<LocalDate> asOf,
            Landing landing,
            Supplier<LineageEvents> lineage) {
        this.lineage = lineage;
        this.office = office;
        this.ledger = ledger;
        this.lake = lake;
        this.storage = storage;
        this.clock = clock;
        this.blockBytes = blockBytes;
        this.asOf = asOf;
        this.landing = landing;
    }

    /** What would run, and why. */
    public List<PlannedStep> plan(Selection selection) {
        Arrivals arrivals = new Arrivals(office, ledger, landing, blockBytes);
        return selection.of(plan(arrivals), office);
    }

    private List<Waiver> waivers() {
        return new Waivers(ledger).holding(clock.instant(), office.timeZone());
    }

    private List<PlannedStep> plan(Arrivals arrivals) {
        List<PlannedStep> all =
                new Planner(office, ledger, fingerprints, arrivals, asOf.map(LocalDate::toString), waivers()).plan();
        List<PlannedStep> steps = new ArrayList<>();
        for (PlannedStep step : all) {
            boolean absent = step.id().step().equals(StepId.INGEST)
                    && arrivals.failures().containsKey(step.id().subject());
            steps.add(
                    absent
                            ? new PlannedStep(
                                    step.id(),
                                    step.after(),
                                    step.inputHash(),
                                    step.confHash(),
                                    step.fingerprint(),
                                    PlannedStep.Cause.ABSENT)
                            : step);
        }
        return steps;
    }

    /**
     * Runs what is due of the selection; where nothing is, nothing is written to any table.
     *
     * @param key of {@link UpToDate}, where the selection is all there is
     */
    public RunResult run(
            Selection selection,
            Optional<String> runId,
            Optional<Instant> logicalDate,
            Optional<String> key,
            Progress progress) {
        Arrivals arrivals = new Arrivals(office, ledger, landing, blockBytes);
        RunResult result = run(selection, runId, logicalDate, arrivals, progress);
        // a waiver expires without a file that changes: such a run has to look again
        boolean settled = waivers().isEmpty() && !dissemination().waiting();
        if (result.exitCode() == ExitCode.DONE && settled) {
            key.ifPresent(k -> UpToDate.remember(storage, k, office, arrivals, result));
        }
        return result;
    }

    private RunResult run(
            Selection selection,
            Optional<String> runId,
            Optional<Instant> logicalDate,
            Arrivals arrivals,
            Progress progress) {
        List<PlannedStep> plan = selection.of(plan(arrivals), office);
        if (plan.stream().noneMatch(PlannedStep::due)) {
            publishDue();
            return new RunResult(
                    office.id(),
                    Optional.empty(),
                    StepOutcome.UP_TO_DATE,
                    release(),
                    plan.stream().map(Pipeline::upToDate).toList(),
                    List.of(),
                    ExitCode.DONE,
                    waiting());
        }
        // the session opens while the rules are read
        CompletableFuture<Lake> opening = CompletableFuture.supplyAsync(() -> lake.apply(arrivals.bytes()));
        List<Problem> problems = RuleProblems.of(office);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        try (LeaseHandle lease = ledger.acquireLease("doughnut " + selection.room())) {
            List<RunRecord> killed = ledger.unfinishedRuns();
            String run = runId.orElseGet(() -> killed.isEmpty()
                    ? RUN_ID.format(clock.instant())
                    : killed.get(killed.size() - 1).id());
            killed.stream().filter(r -> !r.id().equals(run)).forEach(r -> ledger.endRun(r.id(), RunState.INTERRUPTED));
            ledger.unfinishedSteps()
                    .forEach(step -> ledger.endStep(step.id(), StepEnd.interrupted("the run was killed")));
            boolean continued = ledger.run(run).isPresent();
            ledger.startRun(new RunStart(run, office.id(), DEFAULT, logicalDate, asOf.map(office::endOf)));
            lease.verify();
            UpToDate.forget(storage);
            rememberSize(arrivals.bytes());
            return execute(selection, plan, arrivals, opening, run, !killed.isEmpty(), continued, progress);
        }
    }

    private RunResult execute(
            Selection selection,
            List<PlannedStep> plan,
            Arrivals arrivals,
            CompletableFuture<Lake> opening,
            String run,
            boolean recovering,
            boolean continued,
            Progress progress) {
        RunState state = RunState.FAILED;
        try (LineageEvents events = lineage.get()) {
            Lake opened = whenOpen(opening);
            Rooms rooms = new Rooms(new RunContext(
                    office,
                    ledger,
                    opened,
                    storage,
                    clock,
                    arrivals,
                    asOf.map(office::endOf).orElse(Instant.MAX),
                    run,
                    recovering,
                    continued,
                    fingerprints));
            QualityBook book = new QualityBook(opened, office);
            Runner runner =
                    new Runner(ledger, rooms, progress, run, events, () -> book.write(storage, Optional.of(run)));
            Map<StepId, StepOutcome> outcomes = runner.run(plan, selection.regions());
            boolean done = runner.failures().isEmpty();
            dissemination().publishDue(false);
            state = done ? RunState.SUCCEEDED : RunState.FAILED;
            return new RunResult(
                    office.id(),
                    Optional.of(run),
                    done ? StepOutcome.DONE : StepOutcome.FAILED,
                    release(),
                    List.copyOf(outcomes.values()),
                    runner.failures(),
                    Runner.exitCode(runner.failures()),
                    waiting());
        } catch (InterruptedException e) {
            state = RunState.INTERRUPTED;
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the run " + run + " was interrupted", e);
        } finally {
            ledger.endRun(run, state);
        }
    }

    private static Lake whenOpen(CompletableFuture<Lake> opening) {
        try {
            return opening.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private Dissemination dissemination() {
        return new Dissemination(office, storage, ledger, clock);
    }

    /** What waited for its time alone, and the time has come. */
    private void publishDue() {
        if (dissemination().waiting()) {
            try (LeaseHandle lease = ledger.acquireLease("doughnut run")) {
                lease.verify();
                dissemination().publishDue(false);
            }
        }
    }

    /** A draft that is newer than the latest release, and what it waits for. */
    private Optional<String> waiting() {
        return dissemination()
                .pending()
                .map(standing -> standing.folder()
                        + (standing.state() == ReleaseState.EMBARGOED
                                ? ", under embargo until "
                                        + standing.embargo()
                                                .map(until -> until.atZone(office.timeZone())
                                                        .toLocalDateTime()
                                                        .toString())
                                                .orElse("")
                                : standing.state() == ReleaseState.APPROVED
                                        ? ", approved: doughnut release publish " + standing.id()
                                        : ", waits for approval: doughnut release approve " + standing.id()
                                                + " --by NAME"));
    }

    /** Left for the launcher, which chooses the Java settings of the next run by it. */
    private void rememberSize(long bytes) {
        try {
            Files.writeString(storage.resolve(".size"), Long.toString(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Path> release() {
        return new Releases(storage).latest().map(Releases.Release::folder);
    }

    private static StepOutcome upToDate(PlannedStep step) {
        return new StepOutcome(step.id().toString(), StepOutcome.UP_TO_DATE, 0, 0, 0, 0, step.reason());
    }
}

package org.regionaldoughnut.app.run;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import org.regionaldoughnut.app.lineage.LineageEvents;
import org.regionaldoughnut.ledger.Ledger;
import org.regionaldoughnut.ledger.StepEnd;
import org.regionaldoughnut.ledger.StepStart;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

/**
 * Runs what is due, each step as soon as those before it have ended, some side by side. A failed step blocks what comes
 * after it, others go on.
 */
final class Runner {
    private static final int SIDE_BY_SIDE = 3;
    private static final Set<String> NOT_DONE = Set.of(StepOutcome.FAILED, StepOutcome.BLOCKED);

    private final Ledger ledger;
    private final Rooms rooms;
    private final Progress progress;
    private final String run;
    private final LineageEvents lineage;
    private final Runnable book;
    private final Map<StepId, StepOutcome> outcomes = new LinkedHashMap<>();
    private final List<Throwable> failures = new ArrayList<>();

    /** Ends of steps that judged batches: the ledger hears of them when what they said is recorded. */
    private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();

    /** @param book tells readers what the rules of this run said, once the last of them is asked */
    Runner(Ledger ledger, Rooms rooms, Progress progress, String run, LineageEvents lineage, Runnable book) {
        this.book = book;
        this.lineage = lineage;
        this.ledger = ledger;
        this.rooms = rooms;
        this.progress = progress;
        this.run = run;
    }

    /** @param regions regions to write pages of; empty for all */
    Map<StepId, StepOutcome> run(List<PlannedStep> plan, Set<String> regions) throws InterruptedException {
        for (PlannedStep step : plan) {
            if (!step.due()) {
                keep(step.id(), outcome(step, StepOutcome.UP_TO_DATE, null, 0, step.reason()));
            }
        }
        List<PlannedStep> waiting =
                new ArrayList<>(plan.stream().filter(PlannedStep::due).toList());
        List<StepId> judgements =
                waiting.stream().map(PlannedStep::id).filter(Runner::judges).toList();
        List<StepId> ofBatches =
                judgements.stream().filter(Runner::judgesBatches).toList();
        boolean booked = judgements.isEmpty();
        boolean prepared = false;
        ExecutorService pool = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        CompletionService<Void> ends = new ExecutorCompletionService<>(pool);
        Optional<Future<Void>> record = Optional.empty();
        try {
            for (int running = 0; ; running--) {
                boolean recorded = record.filter(Future::isDone).isPresent();
                running += begin(plan, waiting, recorded, regions, ends);
                if (!prepared && isBegun(StepId.INDICATORS, plan, waiting) && isDue(StepId.REPORT, plan)) {
                    prepared = true;
                    ends.submit(rooms.release()::prepare, null);
                    running++;
                }
                if (record.isEmpty() && outcomes().keySet().containsAll(ofBatches)) {
                    record = Optional.of(ends.submit(this::record, null));
                    running++;
                }
                if (!booked && recorded && outcomes().keySet().containsAll(judgements)) {
                    booked = true;
                    ends.submit(book, null);
                    running++;
                }
                if (running == 0) {
                    return inOrder(plan);
                }
                ends.take().get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot record what the rules said: " + e.getCause() + ".", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    /** A run that is killed before has ended none of these steps: they judge again. */
    private void record() {
        rooms.validate().recordQuality();
        held.forEach(Runnable::run);
    }

    /** Starts what waits for nothing any more, in the order of the plan; says how many. */
    private int begin(
            List<PlannedStep> plan,
            List<PlannedStep> waiting,
            boolean recorded,
            Set<String> regions,
            CompletionService<Void> ends) {
        int begun = 0;
        for (Iterator<PlannedStep> steps = waiting.iterator(); steps.hasNext(); ) {
            PlannedStep step = steps.next();
            Map<StepId, StepOutcome> ended = outcomes();
            Optional<StepId> failed = step.after().stream()
                    .filter(ended::containsKey)
                    .filter(earlier -> NOT_DONE.contains(ended.get(earlier).state()))
                    .findFirst();
            if (failed.isPresent()) {
                StepOutcome blocked = outcome(step, StepOutcome.BLOCKED, null, 0, failed.get() + " did not succeed");
                keep(step.id(), blocked);
                progress.ended(blocked);
                steps.remove();
            } else if (isFree(step, plan) && (recorded || isBeforeRecord(step.id()))) {
                ends.submit(() -> one(step, work(step, regions)), null);
                begun++;
                steps.remove();
            }
        }
        return begun;
    }

    private static boolean isDue(String room, List<PlannedStep> plan) {
        return plan.stream().anyMatch(step -> step.due() && step.id().step().equals(room));
    }

    private static boolean isBegun(String room, List<PlannedStep> plan, List<PlannedStep> waiting) {
        return isDue(room, plan)
                && waiting.stream().noneMatch(step -> step.id().step().equals(room));
    }

    /** What went wrong, in the order in which it did. */
    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    private boolean isFree(PlannedStep step, List<PlannedStep> plan) {
        Set<StepId> ended = outcomes().keySet();
        return plan.stream()
                .filter(PlannedStep::due)
                .map(PlannedStep::id)
                .filter(step.after()::contains)
                .allMatch(ended::contains);
    }

    /** What was said of batches is recorded before anything is made of them, so that a killed run has not lost it. */
    private static boolean isBeforeRecord(StepId id) {
        return id.step().equals(StepId.INGEST) || judgesBatches(id);
    }

    private static boolean judges(StepId id) {
        return id.step().equals(StepId.VALIDATE) || id.subject().equals(Planner.CONTROLS);
    }

    private static boolean judgesBatches(StepId id) {
        return id.step().equals(StepId.VALIDATE) && !id.subject().equals(Planner.STATISTICS);
    }

    private LongFunction<StepEnd> work(PlannedStep step, Set<String> regions) {
        String subject = step.id().subject();
        return switch (step.id().step()) {
            case StepId.INGEST -> id -> rooms.ingest().ingest(subject, id);
            case StepId.VALIDATE ->
                judgesBatches(step.id())
                        ? id -> rooms.validate().validate(subject, step.cause().startsOver(), id)
                        : rooms.statistics()::validate;
            case StepId.HARMONISE ->
                subject.equals(Planner.CONTROLS)
                        ? rooms.harmonise()::controls
                        : id -> rooms.harmonise().harmonise(subject, id);
            case StepId.INDICATORS -> id -> rooms.indicators().indicators(subject, id);
            case StepId.PUBLISH -> id -> rooms.release().publish();
            case StepId.REPORT -> id -> rooms.release().report(regions);
            default -> throw new IllegalArgumentException("no room does " + step.id());
        };
    }

    private Map<StepId, StepOutcome> inOrder(List<PlannedStep> plan) {
        Map<StepId, StepOutcome> ended = outcomes();
        Map<StepId, StepOutcome> ordered = new LinkedHashMap<>();
        plan.forEach(step -> ordered.put(step.id(), ended.get(step.id())));
        return ordered;
    }

    private Map<StepId, StepOutcome> outcomes() {
        synchronized (outcomes) {
            return Map.copyOf(outcomes);
        }
    }

    private void keep(StepId step, StepOutcome outcome) {
        synchronized (outcomes) {
            outcomes.put(step, outcome);
        }
    }

    private void one(PlannedStep step, LongFunction<StepEnd> work) {
        progress.begins(step.id(), step.reason());
        long started = System.nanoTime();
        long id = ledger.startStep(new StepStart(
                run,
                step.id().step(),
                step.id().subject(),
                Optional.empty(),
                step.inputHash(),
                step.confHash(),
                step.fingerprint(),
                step.reason()));
        StepOutcome outcome;
        String room = step.id().step();
        String subject = step.id().subject();
        lineage.begins(run, id, room, subject, progress::note);
        try {
            StepEnd end = work.apply(id);
            Runnable ended = () -> ledger.endStep(id, end);
            if (judgesBatches(step.id())) {
                held.add(ended);
            } else {
                ended.run();
            }
            lineage.completed(run, id, room, subject, end, rooms.assertions(step.id()), progress::note);
            outcome = outcome(step, StepOutcome.DONE, end, seconds(started), step.reason());
        } catch (Throwable e) {
            // Scala throws checked exceptions that Java does not see: whatever it is, it is this step's failure
            ledger.endStep(id, StepEnd.failed(String.valueOf(e.getMessage())));
            String why = String.valueOf(e.getMessage());
            lineage.failed(run, id, room, subject, why, rooms.assertions(step.id()), progress::note);
            outcome = outcome(step, StepOutcome.FAILED, null, seconds(started), String.valueOf(e.getMessage()));
            synchronized (failures) {
                failures.add(e);
            }
        }
        keep(step.id(), outcome);
        progress.ended(outcome);
    }

    private static double seconds(long started) {
        return Math.round((System.nanoTime() - started) / 1e7) / 100.0;
    }

    private static StepOutcome outcome(PlannedStep step, String state, StepEnd end, double seconds, String reason) {
        return new StepOutcome(
                step.id().toString(),
                state,
                end == null ? 0 : end.rowsIn(),
                end == null ? 0 : end.rowsOut(),
                end == null ? 0 : end.quarantined(),
                seconds,
                reason);
    }

    /** The code of the failure that matters most: what cannot be mended by trying again comes first. */
    static ExitCode exitCode(List<Throwable> failures) {
        EnumSet<ExitCode> codes = EnumSet.noneOf(ExitCode.class);
        failures.forEach(f -> codes.add(f instanceof DoughnutException d ? d.exitCode() : ExitCode.INTERNAL_ERROR));
        return codes.isEmpty() ? ExitCode.DONE : codes.iterator().next();
    }
}

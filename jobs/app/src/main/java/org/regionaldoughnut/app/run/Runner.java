package org.regionaldoughnut.app.run;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
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
 * Runs what is due, room after room; steps of one room side by side. A failed step blocks what comes after it, others
 * go on.
 */
final class Runner {
    private static final int SIDE_BY_SIDE = 3;

    private final Ledger ledger;
    private final Rooms rooms;
    private final Progress progress;
    private final String run;
    private final LineageEvents lineage;
    private final Map<StepId, StepOutcome> outcomes = new LinkedHashMap<>();
    private final List<Throwable> failures = new ArrayList<>();

    Runner(Ledger ledger, Rooms rooms, Progress progress, String run, LineageEvents lineage) {
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
                outcomes.put(step.id(), outcome(step, StepOutcome.UP_TO_DATE, null, 0, step.reason()));
            }
        }
        together(
                of(plan, StepId.INGEST),
                step -> id -> rooms.ingest().ingest(step.id().subject(), id));
        together(
                of(plan, StepId.VALIDATE).stream()
                        .filter(s -> !s.id().subject().equals(Planner.STATISTICS))
                        .toList(),
                step -> id -> rooms.validate()
                        .validate(step.id().subject(), step.cause().startsOver(), id));
        rooms.validate().recordQuality();
        together(
                named(plan, StepId.HARMONISE, Set.of(Planner.REGIONS)),
                step -> id -> rooms.harmonise().harmonise(step.id().subject(), id));
        together(
                of(plan, StepId.HARMONISE).stream()
                        .filter(s -> !Set.of(Planner.REGIONS, Planner.CONTROLS).contains(s.id().subject()))
                        .toList(),
                step -> id -> rooms.harmonise().harmonise(step.id().subject(), id));
        together(named(plan, StepId.HARMONISE, Set.of(Planner.CONTROLS)), step -> rooms.harmonise()::controls);
        together(
                of(plan, StepId.INDICATORS),
                step -> id -> rooms.indicators().indicators(step.id().subject(), id));
        together(named(plan, StepId.VALIDATE, Set.of(Planner.STATISTICS)), step -> rooms.statistics()::validate);
        together(of(plan, StepId.PUBLISH), step -> id -> rooms.release().publish());
        together(of(plan, StepId.REPORT), step -> id -> rooms.release().report(regions));
        return inOrder(plan);
    }

    /** What went wrong, in the order in which it did. */
    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    private Map<StepId, StepOutcome> inOrder(List<PlannedStep> plan) {
        Map<StepId, StepOutcome> ordered = new LinkedHashMap<>();
        plan.forEach(step -> ordered.put(step.id(), outcomes.get(step.id())));
        return ordered;
    }

    private static List<PlannedStep> of(List<PlannedStep> plan, String step) {
        return plan.stream().filter(s -> s.due() && s.id().step().equals(step)).toList();
    }

    private static List<PlannedStep> named(List<PlannedStep> plan, String step, Set<String> subjects) {
        return of(plan, step).stream()
                .filter(s -> subjects.contains(s.id().subject()))
                .toList();
    }

    private interface Work {
        LongFunction<StepEnd> of(PlannedStep step);
    }

    private void together(List<PlannedStep> steps, Work work) throws InterruptedException {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (PlannedStep step : steps) {
            Optional<StepId> failed = step.after().stream()
                    .filter(outcomes::containsKey)
                    .filter(earlier -> Set.of(StepOutcome.FAILED, StepOutcome.BLOCKED)
                            .contains(outcomes.get(earlier).state()))
                    .findFirst();
            if (failed.isPresent()) {
                StepOutcome blocked = outcome(step, StepOutcome.BLOCKED, null, 0, failed.get() + " did not succeed");
                outcomes.put(step.id(), blocked);
                progress.ended(blocked);
            } else {
                tasks.add(() -> {
                    one(step, work.of(step));
                    return null;
                });
            }
        }
        if (tasks.isEmpty()) {
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(SIDE_BY_SIDE, tasks.size()));
        try {
            for (Future<Void> done : pool.invokeAll(tasks)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a step ended without an outcome", e.getCause());
        } finally {
            pool.shutdownNow();
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
            ledger.endStep(id, end);
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
        synchronized (outcomes) {
            outcomes.put(step.id(), outcome);
        }
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

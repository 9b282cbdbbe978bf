package org.regionaldoughnut.app.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Source;

/**
 * Which part of the pipeline is asked for: a room and the subjects in it.
 *
 * @param room a step's word, or {@link #ALL}
 * @param subjects empty for all of the room
 */
public record Selection(String room, Set<String> subjects) {
    public static final String ALL = "all";

    public Selection {
        subjects = new TreeSet<>(subjects);
    }

    /** The whole pipeline. */
    public static Selection everything() {
        return new Selection(ALL, Set.of());
    }

    public boolean isEverything() {
        return room.equals(ALL);
    }

    /**
     * The steps asked for. A source given to {@code validate} stands for its contract, which is judged in one pass.
     * Throws for a subject that is not there.
     */
    List<PlannedStep> of(List<PlannedStep> plan, Office office) {
        if (room.equals(ALL)) {
            return plan;
        }
        List<PlannedStep> own = plan.stream()
                .filter(step -> step.id().step().equals(room))
                .filter(step -> !isAhead(step, plan))
                .toList();
        if (subjects.isEmpty() || room.equals(StepId.REPORT)) {
            return own;
        }
        if (room.equals(StepId.INDICATORS)) {
            return own.stream().map(step -> named(step, office)).toList();
        }
        List<String> known = own.stream().map(step -> step.id().subject()).toList();
        Set<String> wanted = new TreeSet<>();
        for (String subject : subjects) {
            Source source = office.sources().get(subject);
            wanted.add(room.equals(StepId.VALIDATE) && source != null ? source.contract() : subject);
        }
        List<PlannedStep> selected = new ArrayList<>();
        for (String subject : wanted) {
            if (!known.contains(subject)) {
                throw new DoughnutException(
                        ExitCode.USAGE,
                        "Cannot " + room + " '" + subject + "': there is no such name." + NearMiss.hint(subject, known)
                                + " Known are: " + String.join(", ", known) + ".");
            }
        }
        own.stream().filter(step -> wanted.contains(step.id().subject())).forEach(selected::add);
        return selected;
    }

    /** Some indicators of the catalogue: a step of its own, so that what is due of all of them stays due. */
    private PlannedStep named(PlannedStep all, Office office) {
        Set<String> known = office.catalogue().indicators().keySet();
        for (String id : subjects) {
            if (!known.contains(id)) {
                throw new DoughnutException(
                        ExitCode.USAGE,
                        "Cannot compute the indicator '" + id + "': the catalogue has none of that id."
                                + NearMiss.hint(id, known) + " 'doughnut indicators list' names them.");
            }
        }
        return new PlannedStep(
                new StepId(StepId.INDICATORS, String.join(" ", subjects)),
                all.after(),
                all.inputHash(),
                all.confHash(),
                all.fingerprint(),
                PlannedStep.Cause.ASKED);
    }

    /** Statistics are judged once they are computed, which no earlier room does. */
    private static boolean isAhead(PlannedStep step, List<PlannedStep> plan) {
        return step.id().step().equals(StepId.VALIDATE)
                && step.id().subject().equals(Planner.STATISTICS)
                && plan.stream().anyMatch(p -> p.due() && step.after().contains(p.id()));
    }

    /** Regions to write pages of; empty for all. */
    Set<String> regions() {
        return room.equals(StepId.REPORT) ? subjects : Set.of();
    }
}

package org.regionaldoughnut.publish;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.office.Office;

/**
 * What a draft is to be built of.
 *
 * @param run the run that computed the statistics
 * @param inputs the accepted batches behind them, in the order they are to be named
 * @param asOf the day whose end the figures were known at; absent for the current ones
 * @param program fingerprint of each room
 * @param amends the release it is a new version of, and why
 * @param embargo not to be published before; absent: the next time of the office's calendar
 * @param kept drafts that stay
 * @param waivers decisions that batches among the inputs go on although they break a rule
 */
public record DraftRequest(
        Office office,
        String run,
        List<Input> inputs,
        Optional<LocalDate> asOf,
        Map<String, String> program,
        Optional<Amendment> amends,
        Optional<Instant> embargo,
        Set<ReleaseId> kept,
        List<Waiver> waivers) {
    public DraftRequest {
        Objects.requireNonNull(office);
        Objects.requireNonNull(run);
        inputs = List.copyOf(inputs);
        program = Map.copyOf(program);
        kept = Set.copyOf(kept);
        waivers = List.copyOf(waivers);
        for (Input input : inputs) {
            if (!office.sources().containsKey(input.source())) {
                throw new IllegalArgumentException("the office " + office.id() + " has no source " + input.source());
            }
        }
    }

    /** Current figures, for the next time of the calendar. */
    public DraftRequest(Office office, String run, List<Input> inputs) {
        this(office, run, inputs, Optional.empty(), Map.of(), Optional.empty(), Optional.empty(), Set.of(), List.of());
    }

    /** One batch of one source of the office. */
    public record Input(String source, String batch) {
        public Input {
            Objects.requireNonNull(source);
            Objects.requireNonNull(batch);
        }
    }

    /**
     * The decision that a batch goes on although it breaks a rule.
     *
     * @param until last day it holds, ISO 8601
     */
    public record Waiver(
            String source, String batch, String rule, String reason, String by, String granted, String until) {}

    /** @param note what a reader is told about the correction */
    public record Amendment(ReleaseId of, String note) {}
}

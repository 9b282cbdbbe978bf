package org.regionaldoughnut.app.run;

import java.util.List;
import org.regionaldoughnut.app.lineage.Assertion;

/** The rooms of one run, each called with what the ledger and the office say. */
record Rooms(
        IngestRoom ingest,
        ValidateRoom validate,
        HarmoniseRoom harmonise,
        IndicatorsRoom indicators,
        StatisticsRoom statistics,
        ReleaseRoom release) {
    Rooms(RunContext today) {
        this(
                new IngestRoom(today),
                new ValidateRoom(today),
                new HarmoniseRoom(today),
                new IndicatorsRoom(today),
                new StatisticsRoom(today),
                new ReleaseRoom(today));
    }

    /** What rules said of the tables a step judged: nothing for the other steps. */
    List<Assertion> assertions(StepId step) {
        if (!step.step().equals(StepId.VALIDATE)) {
            return List.of();
        }
        return step.subject().equals(Planner.STATISTICS)
                ? statistics.assertions()
                : validate.assertions(step.subject());
    }
}

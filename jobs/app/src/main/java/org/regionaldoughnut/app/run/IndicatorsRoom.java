package org.regionaldoughnut.app.run;

import org.regionaldoughnut.harmonise.Regions;
import org.regionaldoughnut.indicators.Indicators;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.ledger.StepEnd;

/** Has the catalogue computed. */
final class IndicatorsRoom {
    private final RunContext today;

    IndicatorsRoom(RunContext today) {
        this.today = today;
    }

    StepEnd indicators(long step) {
        Indicators.Result result = new Indicators(
                        today.lake(), today.office(), Regions.tree(today.lake()), today.asOf())
                .compute(
                        today.run(),
                        today.fingerprints().of(StepId.INDICATORS),
                        Write.of(StepId.INDICATORS, Planner.ALL, step));
        return StepEnd.succeeded(result.terms(), result.values() + result.places(), 0)
                .committedTo("statistics.indicators", result.deltaVersion());
    }
}

package org.regionaldoughnut.app.run;

import java.util.Set;
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

    /** @param subject all, or ids with a blank between them */
    StepEnd indicators(String subject, long step) {
        Indicators indicators = new Indicators(today.lake(), today.office(), Regions.tree(today.lake()), today.asOf());
        Write write = Write.of(StepId.INDICATORS, subject, step);
        Indicators.Result result = subject.equals(Planner.ALL)
                ? indicators.compute(today.run(), today.fingerprints().of(StepId.INDICATORS), write)
                : indicators.computeOnly(Set.of(subject.split(" ")), today.run(), write);
        return StepEnd.succeeded(result.terms(), result.values() + result.places(), 0)
                .committedTo("statistics.indicators", result.deltaVersion());
    }
}

package org.regionaldoughnut.app.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.harmonise.AcceptedBatch;
import org.regionaldoughnut.harmonise.Controls;
import org.regionaldoughnut.harmonise.Facts;
import org.regionaldoughnut.harmonise.HarmoniseResult;
import org.regionaldoughnut.harmonise.Regions;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.ledger.StepEnd;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.Control;
import org.regionaldoughnut.office.QualityRule;
import org.regionaldoughnut.validate.Outcomes;

/** Has accepted batches harmonised, and the office's own totals checked against the result. */
final class HarmoniseRoom {
    private final RunContext today;

    HarmoniseRoom(RunContext today) {
        this.today = today;
    }

    StepEnd harmonise(String table, long step) {
        Write write = Write.of(StepId.HARMONISE, table, step);
        HarmoniseResult result;
        if (table.equals(Planner.REGIONS)) {
            result = new Regions(today.lake(), today.office().regions().frame()).harmonise(accepted(table), write);
        } else {
            result = new Facts(today.lake(), today.office(), Regions.tree(today.lake()))
                    .harmonise(
                            today.office().contracts().get(table),
                            accepted(table),
                            methods(table),
                            today.run(),
                            today.ledger()
                                    .latestStep(StepId.HARMONISE, table)
                                    .map(last -> OptionalLong.of(last.id()))
                                    .orElse(OptionalLong.empty()),
                            write);
        }
        return StepEnd.succeeded(result.rowsIn(), result.rowsOut(), result.quarantined())
                .committedTo("harmonised." + table, result.deltaVersion());
    }

    private Map<String, String> methods(String table) {
        Map<String, String> methods = new TreeMap<>();
        Methods all = new Methods(today.office(), today.fingerprints());
        today.office().sourcesOf(table).forEach(source -> methods.put(source.id(), all.of(source)));
        return methods;
    }

    private List<AcceptedBatch> accepted(String contract) {
        return today.office().sourcesOf(contract).stream()
                .flatMap(source -> AcceptedBatches.of(source, today.ledger()).stream())
                .toList();
    }

    StepEnd controls(long step) {
        List<Control> controls = today.office().controls();
        if (controls.isEmpty()) {
            return StepEnd.succeeded(0, 0, 0);
        }
        List<Row> rows = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (Controls.Finding finding : new Controls(today.lake()).check(controls)) {
            Control control = finding.control();
            rows.add(ControlRows.row(
                    today.run(), today.office().id(), finding, today.clock().instant()));
            if (!finding.holds() && control.severity() == QualityRule.Severity.ERROR) {
                failed.add(finding.message());
            }
        }
        new QualityTables(today)
                .outcomes(
                        today.lake().spark().createDataFrame(rows, Outcomes.schema()),
                        "run = '" + today.run() + "' and contract = '" + ControlRows.CONTRACT + "'",
                        Write.of(StepId.HARMONISE, Planner.CONTROLS, step));
        if (!failed.isEmpty()) {
            throw new DoughnutException(
                    ExitCode.DATA_REFUSED,
                    "Cannot go on with the harmonised figures: " + String.join(" ", failed)
                            + " Compare the source with its publisher's totals.");
        }
        return StepEnd.succeeded(controls.size(), controls.size(), 0);
    }
}

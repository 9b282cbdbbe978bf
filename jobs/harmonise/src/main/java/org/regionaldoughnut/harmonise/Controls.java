package org.regionaldoughnut.harmonise;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.office.Control;

/** Holds the office's published totals against current harmonised rows, all totals of one table in one scan. */
public final class Controls {
    private final Lake lake;

    public Controls(Lake lake) {
        this.lake = lake;
    }

    /** @param observed what the harmonised rows give; absent where there is no row to aggregate */
    public record Finding(Control control, Optional<Double> observed) {
        public boolean holds() {
            return observed.filter(control::holds).isPresent();
        }

        public String message() {
            return "Control total '" + control.id() + "' (" + control.title() + "): expected " + control.expect()
                    + (control.tolerance() > 0 ? " within " + control.tolerance() : "") + ", the harmonised rows give "
                    + observed.map(Object::toString).orElse("nothing") + ". Source of the total: " + control.source()
                    + ".";
        }
    }

    public List<Finding> check(List<Control> controls) {
        List<Finding> findings = new ArrayList<>();
        Map<String, List<Control>> byTable =
                controls.stream().collect(Collectors.groupingBy(Control::table, TreeMap::new, Collectors.toList()));
        byTable.forEach((table, own) -> {
            Optional<Dataset<Row>> rows = lake.read(Table.harmonised(table));
            if (rows.isEmpty()) {
                own.forEach(control -> findings.add(new Finding(control, Optional.empty())));
                return;
            }
            Dataset<Row> current = table.equals("regions")
                    ? rows.get()
                    : rows.get().where(col("superseded").isNull());
            List<Column> aggregates = new ArrayList<>();
            for (Control control : own) {
                aggregates.add(expr("cast(" + control.aggregate()
                        + control.where().map(w -> " filter (where " + w + ")").orElse("") + " as double)"));
            }
            Row row = current.agg(
                            aggregates.get(0),
                            aggregates.subList(1, aggregates.size()).toArray(Column[]::new))
                    .head();
            for (int i = 0; i < own.size(); i++) {
                findings.add(
                        new Finding(own.get(i), row.isNullAt(i) ? Optional.empty() : Optional.of(row.getDouble(i))));
            }
        });
        return findings;
    }
}

package org.regionaldoughnut.publish;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a row whose figures are not free looks like in a release: no figure, a status, a reason. */
final class Suppressed {
    static final String STATUS = "conf_status";
    static final String FREE = "F";
    static final String SECONDARY = "D";
    private static final String OBS_STATUS = "Q";
    private static final Set<String> FIGURES =
            Set.of("value", "lower", "upper", "numerator", "denominator", "ratio", "gap_percent", "q1", "q3");

    private Suppressed() {}

    static Dataset<Row> hide(Dataset<Row> rows) {
        Column secret = coalesce(col(STATUS), lit(FREE)).notEqual(lit(FREE));
        return rows.select(Arrays.stream(rows.columns())
                .map(name -> shown(name, secret).as(name))
                .toArray(Column[]::new));
    }

    private static Column shown(String name, Column secret) {
        if (FIGURES.contains(name)) {
            return when(secret, lit(null)).otherwise(col(name));
        }
        return switch (name) {
            case "obs_status" -> when(secret, lit(OBS_STATUS)).otherwise(col(name));
            case "reason" ->
                when(
                                secret,
                                concat(
                                        lit("confidential"),
                                        when(col(STATUS).equalTo(lit(SECONDARY)), lit(", to protect another figure"))
                                                .otherwise(lit(""))))
                        .otherwise(col(name));
            default -> col(name);
        };
    }
}

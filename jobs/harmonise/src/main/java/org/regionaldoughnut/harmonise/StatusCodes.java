package org.regionaldoughnut.harmonise;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.regionaldoughnut.model.ObsStatus;

/**
 * Turns received flags into observation statuses. A flag may mean another thing where there is no figure ({@code u} is
 * low reliability beside one and suppression without), and several may be written together ({@code bu}): then the
 * strongest is the status. What a list does not have is kept as received.
 */
final class StatusCodes implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String CODE = "code";
    private static final String WITHOUT_VALUE = "without_value";

    private final TreeMap<String, TreeMap<String, Map<String, String>>> bySource;

    /** @param bySource source to received flag to the row of the codelist */
    StatusCodes(Map<String, Map<String, Map<String, String>>> bySource) {
        this.bySource = new TreeMap<>();
        bySource.forEach((source, list) -> this.bySource.put(source, new TreeMap<>(list)));
    }

    /** The status of a row by {@code source, obs_status, value}. */
    Column column() {
        UDF3<String, String, Double, String> coded =
                (source, received, value) -> coded(source, received, value != null);
        return udf(coded, DataTypes.StringType).apply(col("source"), col("obs_status"), col("value"));
    }

    String coded(String source, String received, boolean hasValue) {
        TreeMap<String, Map<String, String>> list = bySource.get(source);
        if (received == null || list == null) {
            return received;
        }
        Optional<String> whole = code(list, received, hasValue);
        if (whole.isPresent()) {
            return whole.get();
        }
        List<ObsStatus> parts = new ArrayList<>();
        for (String letter : received.replace(" ", "").split("")) {
            Optional<ObsStatus> status = code(list, letter, hasValue).flatMap(ObsStatus::of);
            if (status.isEmpty()) {
                return received;
            }
            parts.add(status.get());
        }
        return ObsStatus.strongest(parts).name();
    }

    private static Optional<String> code(Map<String, Map<String, String>> list, String received, boolean hasValue) {
        Map<String, String> row = list.get(received);
        if (row == null) {
            return Optional.empty();
        }
        String without = row.getOrDefault(WITHOUT_VALUE, "");
        return Optional.of(hasValue || without.isBlank() ? row.get(CODE) : without);
    }
}

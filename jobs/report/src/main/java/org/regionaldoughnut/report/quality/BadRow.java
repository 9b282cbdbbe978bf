package org.regionaldoughnut.report.quality;

import java.util.Objects;

/**
 * A row that fails a rule.
 *
 * @param file with line and cell: where the received file has it
 * @param received the text of the cell
 * @param action removed, flagged or batch_stopped
 */
public record BadRow(String file, long line, int cell, String received, String action, String message) {
    public BadRow {
        Objects.requireNonNull(file);
        Objects.requireNonNull(received);
        Objects.requireNonNull(action);
        Objects.requireNonNull(message);
    }

    /** What became of the row, in words. */
    public String fate() {
        return switch (action) {
            case "removed" -> "left out";
            case "flagged" -> "kept, marked as unvalidated (V)";
            case "batch_stopped" -> "stops the file";
            default -> action;
        };
    }
}

package org.regionaldoughnut.app.query;

import java.nio.file.Path;
import java.util.Collection;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.NearMiss;

/** Why a query has no answer. */
final class QueryProblem {
    private QueryProblem() {}

    static DoughnutException noRelease(Path storage) {
        return new DoughnutException(
                ExitCode.USAGE,
                "Cannot run the query: there is no release in " + storage
                        + " yet. Make one with 'doughnut run', or ask the lake with --lake.");
    }

    static DoughnutException unknownTable(String name, Collection<String> known) {
        String tables = known.isEmpty() ? "The lake is empty so far." : "Tables: " + String.join(", ", known) + ".";
        return new DoughnutException(
                ExitCode.USAGE,
                "Cannot run the query: there is no table " + name + "." + NearMiss.hint(name, known) + " " + tables);
    }

    static DoughnutException unknownCommand(String given, String hint, Collection<String> known) {
        return new DoughnutException(
                ExitCode.USAGE,
                "Cannot do '" + given + "': there is no such command." + hint + " Commands: " + String.join(", ", known)
                        + ". A question ends with a semicolon.");
    }

    static DoughnutException unknownFormat(String given, Collection<String> known) {
        return new DoughnutException(
                ExitCode.USAGE,
                "Cannot print as '" + given + "': it is not one of " + String.join(", ", known)
                        + ". Parquet is written by --format parquet --output FILE.");
    }

    static DoughnutException notASelect() {
        return new DoughnutException(
                ExitCode.USAGE,
                "Cannot run the query: it is not a SELECT. The lake is changed by runs only; ask it with SELECT.");
    }

    static DoughnutException refused(Throwable cause, Collection<String> tables) {
        String said = String.valueOf(cause.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse(cause.getClass().getSimpleName())
                .replaceFirst("\\.$", "");
        return new DoughnutException(
                ExitCode.USAGE,
                "Cannot run the query: " + said + ". Correct the SQL; the tables are " + String.join(", ", tables)
                        + ".",
                cause);
    }
}

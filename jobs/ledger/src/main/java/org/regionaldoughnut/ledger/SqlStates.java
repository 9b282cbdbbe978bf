package org.regionaldoughnut.ledger;

import java.sql.SQLException;
import java.util.function.Predicate;

/** What the databases' error codes mean. */
final class SqlStates {
    private SqlStates() {}

    /** 42S02 and 42S04 of H2, 42P01 of PostgreSQL. */
    static boolean isMissingTable(Throwable error) {
        return has(error, state -> state.equals("42S02") || state.equals("42S04") || state.equals("42P01"));
    }

    static boolean isDuplicateKey(Throwable error) {
        return has(error, "23505"::equals);
    }

    private static boolean has(Throwable error, Predicate<String> state) {
        for (var cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null && state.test(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}

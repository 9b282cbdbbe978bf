package org.regionaldoughnut.ledger;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** The ledger's tables: made and brought up to date by migrations, or left alone when one query says they are. */
final class LedgerSchema {
    static final String MIGRATIONS = "org/regionaldoughnut/ledger/db";

    /** The newest migration shipped; a test compares it with the files. */
    static final int NEWEST = 2;

    private static final int ATTEMPTS = 5;
    private static final long WAIT_NANOS = 100_000_000;
    private static final String HISTORY = "ledger_history";

    private LedgerSchema() {}

    /** Starting Flyway costs more than everything else together, so it is asked only when there is something to do. */
    static void bringUpToDate(DataSource source, String place, Clock clock) throws SQLException {
        var found = version(source);
        if (found.isPresent() && found.get() > NEWEST) {
            throw new LedgerException(
                    ("Cannot open the ledger %s: its tables are of version %d, and this program knows "
                                    + "up to %d. Use the program that wrote it, or a newer one.")
                            .formatted(place, found.get(), NEWEST));
        }
        if (found.isPresent() && found.get() == NEWEST) {
            return;
        }
        migrate(source, clock);
    }

    /**
     * One thread of a process after the other. Where another process makes the tables at the same time, they look like
     * somebody else's, and an embedded database remembers the attempt as failed: it is forgotten, and made again.
     */
    private static synchronized void migrate(DataSource source, Clock clock) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                migrations(source, clock).load().migrate();
                return;
            } catch (FlywayException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(attempt * WAIT_NANOS);
                forgetFailed(source);
            }
        }
    }

    private static void forgetFailed(DataSource source) throws SQLException {
        try (var connection = source.getConnection()) {
            Sql.update(connection, "delete from \"" + HISTORY + "\" where \"success\" = false");
        } catch (SQLException e) {
            if (!Sql.isMissingTable(e)) {
                throw e;
            }
        }
    }

    /**
     * The ids of steps begin at the time of day: a ledger that was lost and is made anew would otherwise count from 1,
     * and Delta, which remembers the last id of every table, would take new commits for old ones.
     */
    static FluentConfiguration migrations(DataSource source, Clock clock) {
        return Flyway.configure(LedgerSchema.class.getClassLoader())
                .loggers("slf4j")
                .dataSource(source)
                .table(HISTORY)
                // the scheduler's tables may be there before ours
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .placeholders(Map.of("first_step", String.valueOf(clock.millis())))
                .locations("classpath:" + MIGRATIONS);
    }

    private static Optional<Integer> version(DataSource source) throws SQLException {
        var sql = "select \"version\" from \"" + HISTORY + "\" where \"success\" = true "
                + "and \"version\" is not null order by \"installed_rank\" desc fetch first 1 row only";
        try (var connection = source.getConnection()) {
            return Sql.first(connection, row -> Integer.valueOf(row.getString(1)), sql);
        } catch (SQLException e) {
            if (Sql.isMissingTable(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}

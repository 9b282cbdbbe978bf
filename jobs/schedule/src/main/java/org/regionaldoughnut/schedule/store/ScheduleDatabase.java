package org.regionaldoughnut.schedule.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Clock;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.regionaldoughnut.ledger.GoneDatabase;

/**
 * Where the scheduler keeps its memory.
 *
 * @param url {@code jdbc:h2:...} or {@code jdbc:postgresql:...}
 * @param connections most connections at a time
 */
public record ScheduleDatabase(String url, String user, String password, int connections) {
    private static final String BIND_ADDRESS = "h2.bindAddress";
    private static final String HISTORY = "schedule_history";
    static final String MIGRATIONS = "org/regionaldoughnut/schedule/db";

    public ScheduleDatabase {
        if (!url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("the scheduler knows jdbc:h2: and jdbc:postgresql:");
        }
    }

    /** A file in this folder, shared by the processes of this machine. */
    public static ScheduleDatabase embedded(Path folder, int connections) {
        return new ScheduleDatabase(
                "jdbc:h2:file:" + folder.toAbsolutePath().normalize().resolve("schedule"), "sa", "", connections);
    }

    public boolean isPostgres() {
        return url.startsWith("jdbc:postgresql:");
    }

    /** Opens it, and makes or updates its tables. @throws StoreException when it cannot be reached */
    public ScheduleStore open(Clock clock) {
        HikariDataSource pool = null;
        try {
            pool = new HikariDataSource(pool());
            migrate(pool);
            return new ScheduleStore(pool, pool::close, clock);
        } catch (RuntimeException e) {
            if (pool != null) {
                pool.close();
            }
            var said = e instanceof FlywayException && e.getCause() != null ? e.getCause() : e;
            throw new StoreException(
                    "Cannot open the scheduler's database %s: %s. Check that the place exists, can be written and is reached."
                            .formatted(
                                    place(),
                                    String.valueOf(said.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse("unknown")),
                    e);
        }
    }

    private void migrate(HikariDataSource pool) {
        Flyway.configure(ScheduleDatabase.class.getClassLoader())
                .loggers("slf4j")
                .dataSource(pool)
                .table(HISTORY)
                // the ledger's tables may be there before ours
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .locations("classpath:" + MIGRATIONS)
                .javaMigrations(new V2__quartz(isPostgres()))
                .load()
                .migrate();
    }

    private HikariConfig pool() {
        var config = new HikariConfig();
        config.setExceptionOverride(new GoneDatabase());
        config.setJdbcUrl(isPostgres() ? url : withDefaults());
        if (!user.isEmpty()) {
            config.setUsername(user);
            config.setPassword(password);
        }
        config.setPoolName("schedule");
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(10_000);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return config;
    }

    /** As the ledger's file: shared between processes, and a commit outlives a kill. */
    private String withDefaults() {
        if (System.getProperty(BIND_ADDRESS) == null) {
            System.setProperty(BIND_ADDRESS, "127.0.0.1");
        }
        var complete = new StringBuilder(url);
        if (url.startsWith("jdbc:h2:file:") && !url.contains("AUTO_SERVER")) {
            complete.append(";AUTO_SERVER=TRUE");
        }
        if (!url.contains("WRITE_DELAY")) {
            complete.append(";WRITE_DELAY=0");
        }
        if (!url.contains("LOCK_TIMEOUT")) {
            complete.append(";LOCK_TIMEOUT=10000");
        }
        return complete.toString();
    }

    /** The URL without what follows its path: parameters may hold a password. */
    public String place() {
        return url.split("[?;]", 2)[0];
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "ScheduleDatabase[" + place() + ", user=" + user + "]";
    }
}

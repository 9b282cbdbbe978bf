package org.regionaldoughnut.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;

/**
 * The few connections of one process, opened when they are first needed.
 *
 * @param close closes them all
 */
record Connections(DataSource source, Runnable close) {
    private static final int MOST = 4;
    private static final String BIND_ADDRESS = "h2.bindAddress";

    static Connections to(LedgerSettings settings) {
        return settings.isEmbedded() ? embedded(settings) : pooled(settings);
    }

    /**
     * H2's own pool: the file is in this process or next door, so there is nothing to test, retry or refresh, and
     * starting HikariCP would cost more than opening the file.
     */
    private static Connections embedded(LedgerSettings settings) {
        if (System.getProperty(BIND_ADDRESS) == null) {
            System.setProperty(BIND_ADDRESS, "127.0.0.1");
        }
        var source = new JdbcDataSource();
        source.setURL(withDefaults(settings.url()));
        source.setUser(settings.user());
        source.setPassword(settings.password());
        var pool = JdbcConnectionPool.create(source);
        pool.setMaxConnections(MOST);
        return new Connections(pool, pool::dispose);
    }

    /**
     * AUTO_SERVER shares the file between processes; WRITE_DELAY=0 makes a commit outlive a kill; MAX_COMPACT_TIME
     * (milliseconds) bounds the tidying at every close.
     */
    static String withDefaults(String url) {
        var complete = new StringBuilder(url);
        if (url.startsWith("jdbc:h2:file:") && !url.contains("AUTO_SERVER")) {
            complete.append(";AUTO_SERVER=TRUE");
        }
        if (!url.contains("WRITE_DELAY")) {
            complete.append(";WRITE_DELAY=0");
        }
        if (!url.contains("MAX_COMPACT_TIME")) {
            complete.append(";MAX_COMPACT_TIME=10");
        }
        return complete.toString();
    }

    private static Connections pooled(LedgerSettings settings) {
        var config = new HikariConfig();
        config.setExceptionOverride(new GoneDatabase());
        config.setJdbcUrl(settings.url());
        if (!settings.user().isEmpty()) {
            config.setUsername(settings.user());
            config.setPassword(settings.password());
        }
        config.setPoolName("ledger");
        config.setMaximumPoolSize(MOST);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(10_000);
        var pool = new HikariDataSource(config);
        return new Connections(pool, pool::close);
    }
}

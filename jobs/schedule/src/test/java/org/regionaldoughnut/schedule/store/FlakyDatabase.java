package org.regionaldoughnut.schedule.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A database that can go away and come back. */
public final class FlakyDatabase {
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicInteger refused = new AtomicInteger();

    /** The same database, reached through a line that can be cut. */
    public ScheduleStore open(ScheduleDatabase database, Clock clock) {
        var whole = database.open(clock);
        var source = whole.source();
        var flaky = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (away.get() && method.getName().equals("getConnection")) {
                        refused.incrementAndGet();
                        throw new SQLTransientConnectionException("the database is away");
                    }
                    try {
                        return method.invoke(source, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new ScheduleStore(flaky, whole::close, clock);
    }

    /** How often somebody has asked for it while it was away. */
    public int refused() {
        return refused.get();
    }

    public void goAway() {
        away.set(true);
    }

    public void comeBack() {
        away.set(false);
    }
}

package org.regionaldoughnut.schedule.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** A database that can go away and come back. */
public final class FlakyDatabase {
    private final AtomicBoolean away = new AtomicBoolean();

    /** The same database, reached through a line that can be cut. */
    public ScheduleStore open(ScheduleDatabase database, Clock clock) {
        var whole = database.open(clock);
        var source = whole.source();
        var flaky = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (away.get() && method.getName().equals("getConnection")) {
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

    public void goAway() {
        away.set(true);
    }

    public void comeBack() {
        away.set(false);
    }
}

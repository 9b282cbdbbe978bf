package org.regionaldoughnut.schedule.api;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.schedule.access.Logins;
import org.regionaldoughnut.schedule.access.Passwords;
import org.regionaldoughnut.schedule.access.Tokens;
import org.regionaldoughnut.schedule.model.Account;
import org.regionaldoughnut.schedule.model.Role;
import org.regionaldoughnut.schedule.store.ScheduleStore;

/** The API and its page, listening until it is closed. Several nodes may each have one: they share key and accounts. */
public final class Api implements AutoCloseable {
    private static final String KEY = "api-token-key";
    private static final String FIRST = "admin";

    private final ApiServer server;
    private final ScheduledExecutorService clockwork;
    private final ApiSettings settings;

    private Api(ApiServer server, ScheduledExecutorService clockwork, ApiSettings settings) {
        this.server = server;
        this.clockwork = clockwork;
        this.settings = settings;
    }

    /**
     * Starts to listen.
     *
     * @param version of the program, told by {@code /api/v2/version}
     * @throws DoughnutException where the port is taken or the key store cannot be read
     */
    public static Api start(ScheduleStore store, ApiSettings settings, TryLogs logs, String version) {
        return start(store, settings, logs, version, () -> "");
    }

    /** @param metrics what Prometheus is told at {@code /metrics}, open to all as health is */
    public static Api start(
            ScheduleStore store, ApiSettings settings, TryLogs logs, String version, Supplier<String> metrics) {
        Tokens tokens = new Tokens(key(store), store.clock());
        Guard guard = new Guard(tokens, store.accounts());
        ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "api-wait");
            thread.setDaemon(true);
            return thread;
        });
        Logins logins = new Logins(store.accounts()::find, store.clock());
        ApiServer server = new ApiServer(
                settings,
                guard,
                List.of(
                        PageRoutes::add,
                        routes -> routes.get(
                                "/metrics",
                                request -> request.contentType("text/plain; version=0.0.4; charset=utf-8")
                                        .result(metrics.get()),
                                Need.NOTHING),
                        new LoginRoutes(logins, tokens, store.audit(), settings)::add,
                        new MonitorRoutes(store, version)::add,
                        new DagRoutes(store)::add,
                        new RunRoutes(store, clockwork)::add,
                        new TaskRoutes(store)::add,
                        new LogRoutes(store, logs)::add,
                        new BackfillRoutes(store)::add,
                        new AssetRoutes(store)::add,
                        new PoolRoutes(store)::add,
                        new UiRoutes(store)::add));
        try {
            return new Api(server.start(), clockwork, settings);
        } catch (RuntimeException e) {
            server.close();
            clockwork.shutdownNow();
            throw new DoughnutException(
                    ExitCode.CONFIGURATION,
                    "Cannot listen on " + settings.host() + ":" + settings.port() + ": "
                            + rootOf(e).getMessage() + ". Choose another port, or mend the key store.",
                    e);
        }
    }

    private static Throwable rootOf(Throwable e) {
        return e.getCause() == null ? e : rootOf(e.getCause());
    }

    /** The key that signs tokens, made at the first start and shared by all nodes. */
    private static byte[] key(ScheduleStore store) {
        byte[] fresh = new byte[Tokens.KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        return Base64.getDecoder()
                .decode(store.settingOr(KEY, Base64.getEncoder().encodeToString(fresh)));
    }

    /**
     * Makes the first account where there is none.
     *
     * @return its generated password, to be shown once; none where there are accounts
     */
    public static Optional<String> firstAccount(ScheduleStore store) {
        if (!store.accounts().list().isEmpty()) {
            return Optional.empty();
        }
        String password = Passwords.generated();
        Account first = new Account(
                FIRST, Passwords.hash(password), Role.ADMIN, true, store.clock().instant());
        // of two nodes that start at once, one has the word
        return store.accounts().putFirst(first) ? Optional.of(password) : Optional.empty();
    }

    public int port() {
        return server.port();
    }

    /** Where a browser finds the page. */
    public String address() {
        return (settings.tls().isPresent() ? "https" : "http") + "://" + settings.host() + ":" + port() + "/";
    }

    @Override
    public void close() {
        server.close();
        clockwork.shutdownNow();
    }
}

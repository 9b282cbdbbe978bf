package org.regionaldoughnut.schedule.api;

import static java.util.Objects.requireNonNullElse;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.schedule.access.Logins;
import org.regionaldoughnut.schedule.access.Tokens;
import org.regionaldoughnut.schedule.model.AuditEntry;
import org.regionaldoughnut.schedule.store.Audit;

/** {@code POST /auth/token} and {@code /auth/token/cli}: name and password for a token, answered with 201. */
final class LoginRoutes {
    private final Logins logins;
    private final Tokens tokens;
    private final Audit audit;
    private final ApiSettings settings;

    LoginRoutes(Logins logins, Tokens tokens, Audit audit, ApiSettings settings) {
        this.logins = logins;
        this.tokens = tokens;
        this.audit = audit;
        this.settings = settings;
    }

    void add(RoutesConfig routes) {
        routes.post("/auth/token", request -> logIn(request, settings.tokenLife()), Need.NOTHING);
        routes.post("/auth/token/cli", request -> logIn(request, settings.commandLineTokenLife()), Need.NOTHING);
    }

    private void logIn(Context request, Duration life) {
        String name;
        String password;
        if (requireNonNullElse(request.contentType(), "").startsWith("application/x-www-form-urlencoded")) {
            name = requireNonNullElse(request.formParam("username"), "");
            password = requireNonNullElse(request.formParam("password"), "");
        } else {
            Body body = Body.of(request.body(), Set.of("username", "password"));
            name = body.requiredText("username");
            password = body.requiredText("password");
            body.check();
        }
        Logins.Outcome outcome = logins.tell(name, password, request.ip());
        if (!outcome.delay().isZero()) {
            request.header("Retry-After", Long.toString(outcome.delay().toSeconds() + 1));
            audit.add(AuditEntry.of("login_throttled", Optional.of(name)).with(request.ip()));
            throw Refusal.of(
                    429,
                    "Too many failed log-ins: try again in " + (outcome.delay().toSeconds() + 1) + " s");
        }
        if (outcome.account().isEmpty()) {
            audit.add(AuditEntry.of("login_failed", Optional.of(name)).with(request.ip()));
            throw Refusal.of(401, "Invalid credentials");
        }
        audit.add(AuditEntry.of("login", Optional.of(name)).with(request.ip()));
        request.status(201)
                .header("Cache-Control", "no-store")
                .json(View.of().text("access_token", tokens.issue(name, life)).node());
    }
}

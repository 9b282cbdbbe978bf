package org.regionaldoughnut.schedule.api;

import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.schedule.access.Tokens;
import org.regionaldoughnut.schedule.model.Account;
import org.regionaldoughnut.schedule.store.Accounts;

/** Lets a request through to its route, or not. */
final class Guard {
    private static final String ACCOUNT = "account";
    private static final String BEARER = "bearer ";

    private final Tokens tokens;
    private final Accounts accounts;

    Guard(Tokens tokens, Accounts accounts) {
        this.tokens = tokens;
        this.accounts = accounts;
    }

    /** Before a matched route: 401 without a valid token, 403 where the account may not. */
    void check(Context request) {
        Need need = need(request.routeRoles());
        if (need == Need.NOTHING) {
            return;
        }
        Account account = bearer(request).orElseThrow(() -> {
            request.header("WWW-Authenticate", "Bearer");
            return Refusal.of(401, "Not authenticated: log in at /auth/token and send the token as Bearer");
        });
        if (!account.role().includes(need.role())) {
            throw Refusal.of(
                    403,
                    "Forbidden: " + account.name() + " is " + account.role().word() + ", and this needs "
                            + need.role().word());
        }
        request.attribute(ACCOUNT, account);
    }

    private static Need need(Set<RouteRole> roles) {
        return roles.stream()
                .filter(Need.class::isInstance)
                .map(Need.class::cast)
                .findFirst()
                // a route that was added without saying what it needs is for nobody but operators
                .orElse(Need.OPERATOR);
    }

    private Optional<Account> bearer(Context request) {
        return Optional.ofNullable(request.header("Authorization"))
                .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .flatMap(header ->
                        tokens.bearer(header.substring(BEARER.length()).strip()))
                .flatMap(accounts::find)
                .filter(Account::active);
    }

    static Account account(Context request) {
        return request.attribute(ACCOUNT);
    }
}

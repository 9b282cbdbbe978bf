package org.regionaldoughnut.schedule.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.regionaldoughnut.schedule.model.Account;

/** Tells an account by name and password, slowly, and not too often. */
public final class Logins {
    public static final int MOST_FAILURES = 5;
    /** Many people may sit behind one address. */
    private static final int MOST_FAILURES_OF_AN_ADDRESS = 50;

    /** Checked where there is no such account, so that the time an answer takes does not tell that. */
    private static final String NOBODY = Passwords.hash(Passwords.generated());

    private final Function<String, Optional<Account>> accounts;
    private final LoginThrottle byName;
    private final LoginThrottle byAddress;

    public Logins(Function<String, Optional<Account>> accounts, Clock clock) {
        this.accounts = accounts;
        this.byName = new LoginThrottle(MOST_FAILURES, clock);
        this.byAddress = new LoginThrottle(MOST_FAILURES_OF_AN_ADDRESS, clock);
    }

    /**
     * How a log-in ended.
     *
     * @param account absent where name or password are wrong, or the account is not active
     * @param delay not zero where there were too many failures: nothing was looked at
     */
    public record Outcome(Optional<Account> account, Duration delay) {}

    /** @param address from where it is tried: failures count by name and by address */
    public Outcome tell(String name, String password, String address) {
        String both = name + " from " + address;
        Duration delay = longer(byName.waiting(both), byAddress.waiting(address));
        if (!delay.isZero()) {
            return new Outcome(Optional.empty(), delay);
        }
        Optional<Account> known = accounts.apply(name).filter(Account::active);
        boolean fits = Passwords.fits(password, known.map(Account::passwordHash).orElse(NOBODY));
        if (known.isEmpty() || !fits) {
            byName.failed(both);
            byAddress.failed(address);
            return new Outcome(Optional.empty(), Duration.ZERO);
        }
        byName.succeeded(both);
        return new Outcome(known, Duration.ZERO);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}

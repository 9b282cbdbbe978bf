package org.regionaldoughnut.app;

import java.io.Console;
import java.util.Optional;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.schedule.access.Passwords;
import org.regionaldoughnut.schedule.model.Account;
import org.regionaldoughnut.schedule.model.AuditEntry;
import org.regionaldoughnut.schedule.model.Role;
import org.regionaldoughnut.schedule.store.ScheduleStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "users",
        header = "Lists users, adds one or changes one (--add), or removes one (--remove).",
        description = {
            "",
            "Roles: viewer looks; user also starts, clears and pauses; operator also changes pools; admin all.",
            "The password is taken from DOUGHNUT_PASSWORD, asked for on a terminal, or generated and printed."
        },
        footer = {
            "",
            "Examples:",
            "  doughnut schedule users",
            "  doughnut schedule users --add ada --role operator",
            "  doughnut schedule users --remove ada"
        })
final class ScheduleUsers extends ScheduleVerb {
    @Option(names = "--add", paramLabel = "NAME", description = "Adds this user, or gives a new password and role.")
    String add;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "viewer",
            description = "viewer (default), user, operator or admin.")
    String role;

    @Option(names = "--remove", paramLabel = "NAME", description = "Removes this user.")
    String remove;

    @Override
    public Integer call() {
        return withStore((store, place) -> add != null ? add(store) : remove != null ? remove(store) : list(store));
    }

    private int list(ScheduleStore store) {
        var result = JsonLine.object();
        var users = result.putArray("users");
        for (var account : store.accounts().list()) {
            users.addObject()
                    .put("name", account.name())
                    .put("role", account.role().word());
            if (!json()) {
                out().println(account.name() + "  " + account.role().word() + (account.active() ? "" : "  inactive"));
            }
        }
        if (users.isEmpty() && !json()) {
            out().println("There are no users. Add one with --add.");
        }
        show(result);
        return ExitCode.DONE.code();
    }

    private int add(ScheduleStore store) {
        try {
            var password = password();
            var generated = password.isEmpty();
            var word = password.orElseGet(Passwords::generated);
            if (word.length() < Passwords.LEAST_LENGTH) {
                throw new DoughnutException(
                        ExitCode.USAGE,
                        "Cannot add " + add + ": the password has " + word.length() + " characters. Use at least "
                                + Passwords.LEAST_LENGTH + ".");
            }
            store.accounts()
                    .put(new Account(
                            add,
                            Passwords.hash(word),
                            Role.of(role),
                            true,
                            store.clock().instant()));
            audit(store, "user_set", add + " " + role);
            if (generated) {
                err().println("Password of " + add + ": " + word);
            }
        } catch (IllegalArgumentException e) {
            throw new DoughnutException(ExitCode.USAGE, "Cannot add a user: " + e.getMessage() + ".", e);
        }
        return say(add + " is " + role + ".", JsonLine.object().put("name", add).put("role", role));
    }

    private Optional<String> password() {
        var given = schedule.doughnut.environment().get("DOUGHNUT_PASSWORD");
        if (given != null) {
            return Optional.of(given);
        }
        Console console = System.console();
        return console == null
                ? Optional.empty()
                : Optional.of(new String(console.readPassword("Password (empty: generated): ")))
                        .filter(word -> !word.isEmpty());
    }

    private int remove(ScheduleStore store) {
        if (!store.accounts().remove(remove)) {
            throw new DoughnutException(
                    ExitCode.USAGE, "Cannot remove '" + remove + "': there is no such user. List them first.");
        }
        audit(store, "user_removed", remove);
        return say(remove + " is removed.", JsonLine.object().put("removed", remove));
    }

    private static void audit(ScheduleStore store, String event, String extra) {
        store.audit()
                .add(AuditEntry.of(event, Optional.of(System.getProperty("user.name", "cli")))
                        .with(extra));
    }
}

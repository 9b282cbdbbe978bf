package org.regionaldoughnut.schedule.store;

import static org.regionaldoughnut.ledger.Sql.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.regionaldoughnut.ledger.Sql;
import org.regionaldoughnut.schedule.model.Account;
import org.regionaldoughnut.schedule.model.Role;

/** Users. */
public final class Accounts {
    private final Database database;

    Accounts(Database database) {
        this.database = database;
    }

    public List<Account> list() {
        return database.read(c -> Sql.list(c, Accounts::read, "select * from account order by name"));
    }

    public Optional<Account> find(String name) {
        return database.read(c -> Sql.first(c, Accounts::read, "select * from account where name = ?", name));
    }

    /** Adds a user, or replaces what is known of one; the time of creation is kept. */
    public void put(Account account) {
        database.change(c -> {
            var changed = Sql.update(
                    c,
                    "update account set password_hash = ?, role = ?, active = ? where name = ?",
                    account.passwordHash(),
                    account.role().word(),
                    account.active(),
                    account.name());
            if (changed == 0) {
                Sql.update(
                        c,
                        "insert into account values (?, ?, ?, ?, ?)",
                        account.name(),
                        account.passwordHash(),
                        account.role().word(),
                        account.active(),
                        account.created());
            }
        });
    }

    /** Adds a user where there is none at all. @return whether it was added */
    public boolean putFirst(Account account) {
        return database.write(c -> Sql.update(
                        c,
                        "insert into account select cast(? as varchar), cast(? as varchar), cast(? as varchar), "
                                + "cast(? as boolean), cast(? as timestamp(6) with time zone) "
                                + "where not exists (select 1 from account)",
                        account.name(),
                        account.passwordHash(),
                        account.role().word(),
                        account.active(),
                        account.created())
                > 0);
    }

    /** @return whether there was such a user */
    public boolean remove(String name) {
        return database.write(c -> Sql.update(c, "delete from account where name = ?", name)) > 0;
    }

    private static Account read(ResultSet row) throws SQLException {
        return new Account(
                row.getString("name"),
                row.getString("password_hash"),
                Role.of(row.getString("role")),
                row.getBoolean("active"),
                instant(row, "created"));
    }
}

package org.regionaldoughnut.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;

/** How instants and absent values go into a row and come out of it. */
final class Rows {
    private Rows() {}

    /** An instant goes in with its offset: as a JDBC timestamp it would be read in the machine's zone. */
    static Jdbi configured(Jdbi jdbi) {
        jdbi.registerArgument(new AbstractArgumentFactory<Instant>(Types.TIMESTAMP_WITH_TIMEZONE) {
            @Override
            protected Argument build(Instant value, ConfigRegistry config) {
                return (position, statement, context) -> statement.setObject(position, value.atOffset(ZoneOffset.UTC));
            }
        });
        // the SQL here has no templates: looking for them costs a grammar at start-up
        jdbi.getConfig(SqlStatements.class).setTemplateEngine(TemplateEngine.NOP);
        return jdbi;
    }

    static <S extends SqlStatement<S>> S bind(S statement, String name, Optional<Instant> value) {
        return statement.bindByType(name, value.orElse(null), Instant.class);
    }

    static <S extends SqlStatement<S>> S bindText(S statement, String name, Optional<String> value) {
        return statement.bindByType(name, value.orElse(null), String.class);
    }

    static <S extends SqlStatement<S>> S bind(S statement, String name, OptionalLong value) {
        return statement.bindByType(name, value.isPresent() ? value.getAsLong() : null, Long.class);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static Optional<Instant> instantIfAny(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    static OptionalLong longIfAny(ResultSet row, String column) throws SQLException {
        var value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }
}

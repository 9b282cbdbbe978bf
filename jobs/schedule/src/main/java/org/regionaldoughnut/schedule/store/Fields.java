package org.regionaldoughnut.schedule.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.regionaldoughnut.ledger.Sql;
import org.regionaldoughnut.model.NearMiss;

/**
 * The fields of a listing and what they are in SQL. A question mark in the expression stands for all values at once:
 * such a field is a condition of its own, as tags are.
 *
 * @param select columns and tables, up to the conditions
 * @param count the table that is counted, with the alias used in the expressions
 * @param order the order where none is asked for, and the last resort where what is asked for ties
 */
record Fields(String select, String count, Map<String, String> expressions, String order) {

    <T> Listing<T> list(Connection connection, Sql.RowReader<T> reader, Criteria criteria) throws SQLException {
        var values = new ArrayList<Object>();
        var where = where(criteria, values);
        var sql = select + where + " order by " + order(criteria);
        if (criteria.limit() != Criteria.NO_LIMIT || criteria.offset() > 0) {
            sql += " offset " + criteria.offset() + " rows fetch first " + criteria.limit() + " rows only";
        }
        var items = Sql.list(connection, reader, sql, values.toArray());
        var whole = criteria.offset() == 0 && items.size() < criteria.limit();
        return new Listing<>(items, whole ? items.size() : count(connection, where, values));
    }

    private long count(Connection connection, String where, List<Object> values) throws SQLException {
        return Sql.first(connection, row -> row.getLong(1), "select count(*) from " + count + where, values.toArray())
                .orElse(0L);
    }

    private String where(Criteria criteria, List<Object> values) {
        if (criteria.conditions().isEmpty()) {
            return "";
        }
        return criteria.conditions().stream()
                .map(condition -> condition(condition, values))
                .collect(Collectors.joining(" and ", " where ", ""));
    }

    private String condition(Criteria.Condition condition, List<Object> values) {
        var field = expression(condition.field());
        var given = condition.values();
        return switch (condition.operator()) {
            case IN -> in(field, given, values);
            case ABSENT -> field + " is null";
            case ABSENT_OR_IN -> "(" + field + " is null or " + in(field, given, values) + ")";
            case LIKE -> {
                values.add(given.get(0).toString().toLowerCase(Locale.ROOT));
                yield "lower(" + field + ") like ?";
            }
            case AT_LEAST -> compare(field, ">=", given, values);
            case AT_MOST -> compare(field, "<=", given, values);
            case ABOVE -> compare(field, ">", given, values);
            case BELOW -> compare(field, "<", given, values);
        };
    }

    private static String compare(String field, String sign, List<Object> given, List<Object> values) {
        values.add(given.get(0));
        return field + " " + sign + " ?";
    }

    private static String in(String field, Collection<Object> given, List<Object> values) {
        if (given.isEmpty()) {
            return "1 = 0";
        }
        values.addAll(given);
        var marks = given.stream().map(value -> "?").collect(Collectors.joining(", ", "(", ")"));
        return field.contains("?") ? field.replace("?", marks) : field + " in " + marks;
    }

    private String order(Criteria criteria) {
        var wanted = criteria.order().stream()
                .map(field -> field.startsWith("-") ? expression(field.substring(1)) + " desc" : expression(field))
                .collect(Collectors.joining(", "));
        return wanted.isEmpty() ? order : wanted + ", " + order;
    }

    private String expression(String field) {
        var found = expressions.get(field);
        if (found == null) {
            throw new IllegalArgumentException(
                    "'" + field + "' is not a field of this listing." + NearMiss.hint(field, expressions.keySet()));
        }
        return found;
    }
}

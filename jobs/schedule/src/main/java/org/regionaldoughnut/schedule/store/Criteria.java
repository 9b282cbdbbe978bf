package org.regionaldoughnut.schedule.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Which rows of a listing are wanted, in which order. Fields are named as in the API; each listing says which it
 * knows, and refuses others with an {@link IllegalArgumentException}. Values are bound, never pasted.
 *
 * @param order field names; a leading dash means descending
 * @param limit most rows; {@link #NO_LIMIT} for all
 */
public record Criteria(List<Condition> conditions, List<String> order, int limit, int offset) {
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    /** How a field is compared. */
    public enum Operator {
        /** Equals one of the values; none of them gives nothing. */
        IN,
        AT_LEAST,
        AT_MOST,
        ABOVE,
        BELOW,
        /** SQL's LIKE, letters of any case. */
        LIKE,
        /** Has no value. */
        ABSENT,
        /** Has no value, or one of these. */
        ABSENT_OR_IN
    }

    /** A field compared with values: texts, numbers, booleans, instants. */
    public record Condition(String field, Operator operator, List<Object> values) {
        public Condition {
            values = List.copyOf(values);
        }
    }

    public Criteria {
        conditions = List.copyOf(conditions);
        order = List.copyOf(order);
        if (limit < 0 || offset < 0) {
            throw new IllegalArgumentException("limit and offset cannot be negative");
        }
    }

    public static Criteria all() {
        return new Criteria(List.of(), List.of(), NO_LIMIT, 0);
    }

    public Criteria where(String field, Operator operator, Object... values) {
        return where(field, operator, Arrays.asList(values));
    }

    public Criteria where(String field, Operator operator, Collection<?> values) {
        var more = new ArrayList<>(conditions);
        more.add(new Condition(field, operator, List.copyOf(values)));
        return new Criteria(more, order, limit, offset);
    }

    /** The field has this value. */
    public Criteria with(String field, Object value) {
        return where(field, Operator.IN, value);
    }

    public Criteria orderBy(String... fields) {
        var more = new ArrayList<>(order);
        more.addAll(Arrays.asList(fields));
        return new Criteria(conditions, more, limit, offset);
    }

    public Criteria page(int most, int from) {
        return new Criteria(conditions, order, most, from);
    }
}

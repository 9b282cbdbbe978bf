package org.regionaldoughnut.schedule.api;

import com.fasterxml.jackson.databind.node.TextNode;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.regionaldoughnut.schedule.store.Criteria;

/**
 * The query parameters that a collection knows, and what they mean as {@link Criteria}. Parameters it does not know
 * are ignored, as Airflow does; values it cannot read are answered with 422.
 */
final class Filters {
    static final int DEFAULT_LIMIT = 50;
    static final int GREATEST_LIMIT = 100;
    private static final Map<String, Criteria.Operator> COMPARISONS = Map.of(
            "_gte", Criteria.Operator.AT_LEAST,
            "_gt", Criteria.Operator.ABOVE,
            "_lte", Criteria.Operator.AT_MOST,
            "_lt", Criteria.Operator.BELOW);

    /** A parameter, the field it is about and how its text becomes a value. */
    private record Parameter(String field, Criteria.Operator operator, Function<String, Object> parse) {}

    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    /** A parameter that may be repeated: any of its values. */
    Filters any(String parameter, String field) {
        return any(parameter, field, text -> text);
    }

    Filters any(String parameter, String field, Function<String, Object> parse) {
        parameters.put(parameter, new Parameter(field, Criteria.Operator.IN, parse));
        return this;
    }

    /** {@code <name>_pattern}: SQL's LIKE; {@code <name>_prefix_pattern}: the beginning. */
    Filters pattern(String name, String field) {
        parameters.put(name + "_pattern", new Parameter(field, Criteria.Operator.LIKE, text -> text));
        parameters.put(
                name + "_prefix_pattern", new Parameter(field, Criteria.Operator.LIKE, text -> escaped(text) + "%"));
        return this;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    /** {@code <name>_gte}, {@code _gt}, {@code _lte}, {@code _lt} of points in time. */
    Filters time(String... names) {
        for (String name : names) {
            COMPARISONS.forEach(
                    (ending, operator) -> parameters.put(name + ending, new Parameter(name, operator, Moments::parse)));
        }
        return this;
    }

    /** The same of numbers. */
    Filters amount(String name) {
        COMPARISONS.forEach((ending, operator) ->
                parameters.put(name + ending, new Parameter(name, operator, Double::parseDouble)));
        return this;
    }

    /** What the request asks for, with its limit, offset and order. */
    Criteria of(Context request) {
        return page(request, where(request, Criteria.all()));
    }

    /** The conditions alone, added to the given ones. */
    Criteria where(Context request, Criteria criteria) {
        List<Refusal.Invalid> problems = new ArrayList<>();
        Criteria wanted = criteria;
        for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
            List<String> given = request.queryParams(entry.getKey());
            if (given.isEmpty()) {
                continue;
            }
            Parameter parameter = entry.getValue();
            List<Object> values = new ArrayList<>();
            boolean absent = false;
            for (String text : given) {
                if (text.equals("none") || text.equals("null")) {
                    absent = true;
                    continue;
                }
                try {
                    values.add(parameter.parse().apply(text));
                } catch (IllegalArgumentException e) {
                    problems.add(invalid(entry.getKey(), text, e.getMessage()));
                }
            }
            wanted = wanted.where(parameter.field(), operator(parameter, absent), values);
        }
        if (!problems.isEmpty()) {
            throw Refusal.unprocessable(problems);
        }
        return wanted;
    }

    private static Criteria.Operator operator(Parameter parameter, boolean absent) {
        return absent && parameter.operator() == Criteria.Operator.IN
                ? Criteria.Operator.ABSENT_OR_IN
                : parameter.operator();
    }

    private static Criteria page(Context request, Criteria criteria) {
        int limit = number(request, "limit", DEFAULT_LIMIT);
        int offset = number(request, "offset", 0);
        return criteria.orderBy(request.queryParams("order_by").toArray(String[]::new))
                .page(Math.min(limit, GREATEST_LIMIT), offset);
    }

    static int number(Context request, String name, int otherwise) {
        String given = request.queryParam(name);
        if (given == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(given);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw Refusal.unprocessable(List.of(invalid(name, given, "Input should be an integer of at least 0")));
    }

    static boolean flag(Context request, String name, boolean otherwise) {
        String given = request.queryParam(name);
        if (given == null) {
            return otherwise;
        }
        return switch (given.toLowerCase(java.util.Locale.ROOT)) {
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> throw Refusal.unprocessable(List.of(invalid(name, given, "Input should be a valid boolean")));
        };
    }

    private static Refusal.Invalid invalid(String name, String given, String message) {
        return new Refusal.Invalid("query", name, "value_error", message, TextNode.valueOf(given));
    }

    /** The comparisons of a request's body: {@code <name>_gte} and so on, for these fields. */
    static Criteria compared(Body body, Criteria criteria, Collection<String> times, Collection<String> amounts) {
        Criteria wanted = criteria;
        for (Map.Entry<String, Criteria.Operator> comparison : COMPARISONS.entrySet()) {
            for (String name : times) {
                java.util.Optional<Instant> value = body.instant(name + comparison.getKey());
                if (value.isPresent()) {
                    wanted = wanted.where(name, comparison.getValue(), value.get());
                }
            }
            for (String name : amounts) {
                java.util.Optional<Double> value = body.decimal(name + comparison.getKey());
                if (value.isPresent()) {
                    wanted = wanted.where(name, comparison.getValue(), value.get());
                }
            }
        }
        return wanted;
    }
}

package org.regionaldoughnut.schedule.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.regionaldoughnut.schedule.model.RunState;
import org.regionaldoughnut.schedule.model.TaskState;
import org.regionaldoughnut.schedule.store.Criteria;

/** Listings whose conditions come in the body, since there may be many: DAGRunsBatchBody, TaskInstancesBatchBody. */
final class Batches {
    private static final List<String> TIMES = List.of("run_after", "logical_date", "start_date", "end_date");
    private static final List<String> AMOUNTS = List.of("duration");
    private static final List<String> ENDINGS = List.of("_gt", "_gte", "_lt", "_lte");
    private static final Set<String> COMMON = Set.of("dag_ids", "order_by", "page_limit", "page_offset");

    private Batches() {}

    static Criteria runs(String text) {
        Body body = Body.of(text, known(Set.of("states", "conf_contains")));
        Criteria criteria = lists(body, Criteria.all(), "dag_ids", "dag_id");
        criteria = states(body, criteria, "states", state -> RunState.of(state).word());
        Optional<String> conf = body.text("conf_contains");
        if (conf.isPresent()) {
            criteria = criteria.where("conf", Criteria.Operator.LIKE, "%" + conf.get() + "%");
        }
        return finished(body, criteria);
    }

    static Criteria tasks(String text) {
        Body body = Body.of(text, known(Set.of("dag_run_ids", "task_ids", "state", "pool", "queue", "executor")));
        Criteria criteria = lists(body, Criteria.all(), "dag_ids", "dag_id");
        criteria = lists(body, criteria, "dag_run_ids", "dag_run_id");
        criteria = lists(body, criteria, "task_ids", "task_id");
        criteria = lists(body, criteria, "pool", "pool");
        criteria = states(body, criteria, "state", state -> TaskState.of(state).word());
        body.texts("queue");
        body.texts("executor");
        return finished(body, criteria);
    }

    private static Set<String> known(Set<String> own) {
        Set<String> known = new TreeSet<>(own);
        known.addAll(COMMON);
        for (String ending : ENDINGS) {
            TIMES.forEach(name -> known.add(name + ending));
            AMOUNTS.forEach(name -> known.add(name + ending));
        }
        return known;
    }

    private static Criteria lists(Body body, Criteria criteria, String name, String field) {
        Optional<List<String>> given = body.texts(name);
        return given.isEmpty() ? criteria : criteria.where(field, Criteria.Operator.IN, given.get());
    }

    /** A null among the states asks for what has none yet. */
    private static Criteria states(
            Body body, Criteria criteria, String name, java.util.function.UnaryOperator<String> parse) {
        Optional<List<String>> given = body.texts(name);
        if (given.isEmpty()) {
            return criteria;
        }
        boolean absent = given.get().contains("");
        try {
            List<String> states =
                    given.get().stream().filter(s -> !s.isEmpty()).map(parse).toList();
            return criteria.where("state", absent ? Criteria.Operator.ABSENT_OR_IN : Criteria.Operator.IN, states);
        } catch (IllegalArgumentException e) {
            body.wrong(name, "enum", "Input should be a known value: " + e.getMessage());
            return criteria;
        }
    }

    private static Criteria finished(Body body, Criteria criteria) {
        Criteria compared = Filters.compared(body, criteria, TIMES, AMOUNTS);
        Optional<String> order = body.text("order_by");
        if (order.isPresent()) {
            compared = compared.orderBy(order.get());
        }
        long limit = body.number("page_limit", Filters.GREATEST_LIMIT);
        long offset = body.number("page_offset", 0);
        if (limit < 0 || offset < 0) {
            body.wrong("page_limit", "greater_than_equal", "Input should be at least 0");
        }
        body.check();
        return compared.page((int) Math.min(limit, Filters.GREATEST_LIMIT), (int) Math.min(offset, Integer.MAX_VALUE));
    }
}

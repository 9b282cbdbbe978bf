package org.regionaldoughnut.schedule.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.regionaldoughnut.ledger.Sql;
import org.regionaldoughnut.schedule.model.TryKey;

/** Gives slots to tasks. Holds all pools meanwhile, so that two nodes never give the same slot. */
final class Dispatch {
    private static final int AT_A_TIME = 500;
    private static final String ACTIVE = "where state in ('queued', 'running', 'restarting')";

    private final Connection c;
    private final Definitions definitions;
    private final Instant now;
    private final Map<String, Integer> activeOfDag = new HashMap<>();
    private final List<String> full = new ArrayList<>();

    Dispatch(Connection c, Definitions definitions, Instant now) {
        this.c = c;
        this.definitions = definitions;
        this.now = now;
    }

    private record Amount(String name, int amount) {}

    private record Active(String dagId, UUID version, int tasks) {}

    private record Candidate(UUID id, TryKey key, int slots, UUID version) {}

    List<TryKey> queue() throws SQLException {
        var wanted = Sql.list(
                c, row -> row.getString(1), "select distinct pool from task_instance where state = 'scheduled'");
        if (wanted.isEmpty()) {
            return List.of();
        }
        var pools = amounts("select name, slots from pool order by name for update");
        var occupied = new HashMap<String, Integer>();
        amounts("select pool, sum(pool_slots) from task_instance " + ACTIVE + " group by pool")
                .forEach(use -> occupied.put(use.name(), use.amount()));
        countActive();
        var queued = new ArrayList<Candidate>();
        for (var pool : pools) {
            if (wanted.contains(pool.name())) {
                var open =
                        pool.amount() < 0 ? Integer.MAX_VALUE : pool.amount() - occupied.getOrDefault(pool.name(), 0);
                take(pool.name(), open, queued);
            }
        }
        return mark(queued);
    }

    private List<Amount> amounts(String sql) throws SQLException {
        return Sql.list(c, row -> new Amount(row.getString(1), row.getInt(2)), sql);
    }

    private void countActive() throws SQLException {
        var active = Sql.list(
                c,
                row -> new Active(row.getString(1), row.getObject(2, UUID.class), row.getInt(3)),
                "select a.dag_id, d.version_id, a.tasks from (select dag_id, count(*) as tasks from task_instance "
                        + ACTIVE + " group by dag_id) a join dag d on d.dag_id = a.dag_id");
        for (var dag : active) {
            activeOfDag.put(dag.dagId(), dag.tasks());
            if (dag.tasks() >= definitions.of(c, dag.version()).maxActiveTasks()) {
                full.add(dag.dagId());
            }
        }
    }

    private void take(String pool, int open, List<Candidate> queued) throws SQLException {
        if (open <= 0) {
            return;
        }
        var left = open;
        for (var candidate : candidates(pool, open)) {
            var dag = candidate.key().dagId();
            var most = definitions.of(c, candidate.version()).maxActiveTasks();
            var active = activeOfDag.getOrDefault(dag, 0);
            if (active < most && candidate.slots() <= left) {
                queued.add(candidate);
                activeOfDag.put(dag, active + 1);
                left -= candidate.slots();
            }
        }
    }

    /** Of those that fit; where some of them do not fit together, the next pass finds others. */
    private List<Candidate> candidates(String pool, int open) throws SQLException {
        var values = new ArrayList<Object>(List.of(pool, open));
        values.addAll(full);
        var notFull = full.isEmpty()
                ? ""
                : "and dag_id not in (" + String.join(", ", Collections.nCopies(full.size(), "?")) + ") ";
        return Sql.list(
                c,
                row -> new Candidate(
                        row.getObject("id", UUID.class),
                        new TryKey(
                                row.getString("dag_id"),
                                row.getString("run_id"),
                                row.getString("task_id"),
                                row.getInt("try_number") + 1),
                        row.getInt("pool_slots"),
                        row.getObject("version_id", UUID.class)),
                "select id, dag_id, run_id, task_id, try_number, pool_slots, version_id from task_instance "
                        + "where state = 'scheduled' and pool = ? and pool_slots <= ? "
                        + "and dag_id not in (select dag_id from dag where paused) " + notFull
                        // the first two are the same in all rows: so the order is that of the index
                        + "order by state, pool, priority_weight desc, run_after, ordinal "
                        + "fetch first " + Math.min(open, AT_A_TIME) + " rows only",
                values.toArray());
    }

    private List<TryKey> mark(List<Candidate> chosen) throws SQLException {
        var sql = "update task_instance set state = 'queued', try_number = try_number + 1, queued_at = ?, "
                + "started = null, ended = null, duration = null, retry_at = null, node = null, host = null, "
                + "pid = null where id = ? and state = 'scheduled'";
        var queued = new ArrayList<TryKey>();
        if (chosen.isEmpty()) {
            return queued;
        }
        try (var statement = c.prepareStatement(sql)) {
            for (var candidate : chosen) {
                statement.setObject(1, now.atOffset(ZoneOffset.UTC));
                statement.setObject(2, candidate.id());
                statement.addBatch();
            }
            var counts = statement.executeBatch();
            for (var i = 0; i < counts.length; i++) {
                if (counts[i] > 0) {
                    queued.add(chosen.get(i).key());
                }
            }
        }
        return queued;
    }
}

package org.regionaldoughnut.schedule.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.schedule.model.Backfill;
import org.regionaldoughnut.schedule.model.DueRun;
import org.regionaldoughnut.schedule.model.ReprocessBehavior;
import org.regionaldoughnut.schedule.store.BackfillRequest;
import org.regionaldoughnut.schedule.store.Criteria;
import org.regionaldoughnut.schedule.store.ScheduleStore;

/** Backfills. The changes are accepted as PUT, which the client sends, and as POST. */
final class BackfillRoutes {
    private static final String BACKFILL = "/api/v2/backfills/{backfill_id}";
    private static final Set<String> FIELDS = Set.of(
            "dag_id",
            "from_date",
            "to_date",
            "run_backwards",
            "dag_run_conf",
            "reprocess_behavior",
            "max_active_runs",
            "run_on_latest_version");

    private final ScheduleStore store;
    private final Titles titles;

    BackfillRoutes(ScheduleStore store) {
        this.store = store;
        this.titles = new Titles(store);
    }

    void add(RoutesConfig routes) {
        routes.get("/api/v2/backfills", this::list, Need.VIEWER);
        routes.post("/api/v2/backfills", this::create, Need.USER);
        routes.post("/api/v2/backfills/dry_run", this::dryRun, Need.USER);
        routes.get(BACKFILL, request -> request.json(view(backfill(request))), Need.VIEWER);
        for (String change : List.of("pause", "unpause", "cancel")) {
            routes.put(BACKFILL + "/" + change, request -> change(request, change), Need.USER);
            routes.post(BACKFILL + "/" + change, request -> change(request, change), Need.USER);
        }
    }

    private Backfill backfill(Context request) {
        return store.backfills().require(DagRoutes.number(request.pathParam("backfill_id"), "backfill"));
    }

    private ObjectNode view(Backfill backfill) {
        return RunViews.backfill(backfill, titles.of(backfill.dagId()));
    }

    private void list(Context request) {
        Criteria criteria = new Filters().any("dag_id", "dag_id").of(request);
        if (Filters.flag(request, "active", false)) {
            criteria = criteria.where("completed_at", Criteria.Operator.ABSENT);
        }
        request.json(View.collection("backfills", store.backfills().list(criteria), this::view));
    }

    private BackfillRequest wanted(Context request) {
        Body body = Body.of(request.body(), FIELDS);
        String dagId = body.requiredText("dag_id");
        Instant from = body.requiredInstant("from_date");
        Instant to = body.requiredInstant("to_date");
        ReprocessBehavior reprocess =
                body.word("reprocess_behavior", ReprocessBehavior::of).orElse(ReprocessBehavior.NONE);
        long most = body.number("max_active_runs", BackfillRequest.MAX_ACTIVE_RUNS);
        boolean backwards = body.flag("run_backwards", false);
        boolean latest = body.flag("run_on_latest_version", true);
        ObjectNode conf = body.object("dag_run_conf");
        if (most < 1 || most > Integer.MAX_VALUE) {
            body.wrong("max_active_runs", "greater_than_equal", "Input should be at least 1");
        }
        body.check();
        store.dags().require(dagId);
        return new BackfillRequest(dagId, from, to, reprocess, (int) most, backwards, latest, conf);
    }

    private void create(Context request) {
        Backfill made = store.backfills().create(wanted(request));
        Auditing.of(store, request, "create_backfill", made.dagId());
        request.json(view(made));
    }

    private void dryRun(Context request) {
        List<DueRun> runs = store.backfills().dryRun(wanted(request));
        request.json(View.collection(
                "backfills", runs, runs.size(), run -> RunViews.dryRun(Optional.of(run.logicalDate()))));
    }

    private void change(Context request, String change) {
        Backfill known = backfill(request);
        Backfill changed =
                switch (change) {
                    case "pause" -> store.backfills().setPaused(known.id(), true);
                    case "unpause" -> store.backfills().setPaused(known.id(), false);
                    default -> store.backfills().cancel(known.id());
                };
        Auditing.of(store, request, change + "_backfill", known.dagId());
        request.json(view(changed));
    }
}

package org.regionaldoughnut.schedule.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.schedule.model.AssetEvent;
import org.regionaldoughnut.schedule.model.QueuedEvent;
import org.regionaldoughnut.schedule.store.Criteria;
import org.regionaldoughnut.schedule.store.Listing;
import org.regionaldoughnut.schedule.store.ScheduleStore;

/** Assets, their events, and events that DAGs still wait with. */
final class AssetRoutes {
    private static final Filters ASSETS =
            new Filters().any("dag_ids", "dag_id").pattern("name", "name").pattern("uri", "uri");
    private static final Filters EVENTS = new Filters()
            .any("asset_id", "asset_id", Long::valueOf)
            .any("source_dag_id", "source_dag_id")
            .any("source_task_id", "source_task_id")
            .any("source_run_id", "source_run_id")
            .pattern("name", "name_pattern")
            .time("timestamp");

    private final ScheduleStore store;

    AssetRoutes(ScheduleStore store) {
        this.store = store;
    }

    void add(RoutesConfig routes) {
        routes.get("/api/v2/assets", this::list, Need.VIEWER);
        routes.get("/api/v2/assets/aliases", request -> empty(request, "asset_aliases"), Need.VIEWER);
        routes.get("/api/v2/assets/events", this::events, Need.VIEWER);
        routes.post("/api/v2/assets/events", this::create, Need.USER);
        routes.get("/api/v2/assets/{asset_id}", this::one, Need.VIEWER);
        routes.get("/api/v2/assets/{asset_id}/queuedEvents", this::queuedOfAsset, Need.VIEWER);
        routes.get("/api/v2/dags/{dag_id}/assets/queuedEvents", this::queuedOfDag, Need.VIEWER);
        routes.delete("/api/v2/assets/{asset_id}/queuedEvents", this::dropOfAsset, Need.USER);
        routes.delete("/api/v2/dags/{dag_id}/assets/queuedEvents", this::dropOfDag, Need.USER);
        routes.get("/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/upstreamAssetEvents", this::ofRun, Need.VIEWER);
    }

    private static void empty(Context request, String plural) {
        request.json(View.collection(plural, List.of(), 0, entry -> View.of().node()));
    }

    private static long id(Context request) {
        return DagRoutes.number(request.pathParam("asset_id"), "asset");
    }

    private void list(Context request) {
        request.json(View.collection("assets", store.assets().list(ASSETS.of(request)), AssetViews::asset));
    }

    private void one(Context request) {
        request.json(AssetViews.asset(store.assets().require(id(request))));
    }

    private void events(Context request) {
        Listing<AssetEvent> events = store.assets().events(EVENTS.of(request));
        request.json(View.collection("asset_events", events, AssetViews::event));
    }

    private void create(Context request) {
        Body body = Body.of(request.body(), Set.of("asset_id", "extra", "partition_key"));
        long asset = body.requiredNumber("asset_id");
        ObjectNode extra = body.object("extra");
        body.text("partition_key");
        body.check();
        AssetEvent event = store.assets().emit(store.assets().require(asset).id(), extra);
        Auditing.other(store, request, "create_asset_event", event.name());
        request.json(AssetViews.event(event));
    }

    private void queuedOfAsset(Context request) {
        long asset = store.assets().require(id(request)).id();
        queued(request, store.assets().queuedOfAsset(asset));
    }

    private static void queued(Context request, List<QueuedEvent> events) {
        if (events.isEmpty()) {
            throw Refusal.notFound("There are no queued events.");
        }
        request.json(View.collection("queued_events", events, events.size(), AssetViews::queued));
    }

    private void queuedOfDag(Context request) {
        String dagId = store.dags().require(request.pathParam("dag_id")).dagId();
        queued(request, store.assets().queuedOfDag(dagId));
    }

    private void dropOfAsset(Context request) {
        long asset = store.assets().require(id(request)).id();
        dropped(request, store.assets().dropQueued(Optional.empty(), Optional.of(asset)));
    }

    private void dropOfDag(Context request) {
        String dagId = store.dags().require(request.pathParam("dag_id")).dagId();
        dropped(request, store.assets().dropQueued(Optional.of(dagId), Optional.empty()));
    }

    private void dropped(Context request, int events) {
        if (events == 0) {
            throw Refusal.notFound("There are no queued events.");
        }
        Auditing.other(store, request, "delete_queued_events", request.path());
        request.status(204);
    }

    private void ofRun(Context request) {
        var run = store.runs().require(request.pathParam("dag_id"), request.pathParam("dag_run_id"));
        Listing<AssetEvent> events = store.assets().events(Criteria.all().with("created_run", run.id()));
        request.json(View.collection("asset_events", events, AssetViews::event));
    }
}

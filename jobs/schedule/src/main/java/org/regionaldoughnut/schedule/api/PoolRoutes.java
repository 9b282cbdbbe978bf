package org.regionaldoughnut.schedule.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.schedule.model.Pool;
import org.regionaldoughnut.schedule.model.PoolUse;
import org.regionaldoughnut.schedule.store.ScheduleStore;

/** Pools. */
final class PoolRoutes {
    private static final Filters POOLS = new Filters().pattern("pool_name", "name");
    private static final Set<String> FIELDS = Set.of("name", "slots", "description", "include_deferred", "team_name");
    private static final Set<String> CHANGES = Set.of("pool", "slots", "description", "include_deferred", "team_name");

    private final ScheduleStore store;

    PoolRoutes(ScheduleStore store) {
        this.store = store;
    }

    void add(RoutesConfig routes) {
        routes.get(
                "/api/v2/pools",
                request ->
                        request.json(View.collection("pools", store.pools().list(POOLS.of(request)), PoolRoutes::view)),
                Need.VIEWER);
        routes.post("/api/v2/pools", this::create, Need.OPERATOR);
        routes.get(
                "/api/v2/pools/{pool_name}",
                request -> request.json(view(store.pools().require(request.pathParam("pool_name")))),
                Need.VIEWER);
        routes.patch("/api/v2/pools/{pool_name}", this::change, Need.OPERATOR);
        routes.delete("/api/v2/pools/{pool_name}", this::delete, Need.OPERATOR);
    }

    /** PoolResponse. */
    private static ObjectNode view(PoolUse use) {
        Pool pool = use.pool();
        return View.of()
                .text("name", pool.name())
                .number("slots", pool.slots())
                .text("description", pool.description())
                .flag("include_deferred", pool.includeDeferred())
                .number("occupied_slots", use.occupied())
                .number("running_slots", use.running())
                .number("queued_slots", use.queued())
                .number("scheduled_slots", use.scheduled())
                .number("open_slots", use.open())
                .number("deferred_slots", 0)
                .none("team_name")
                .node();
    }

    private void create(Context request) {
        Body body = Body.of(request.body(), FIELDS);
        String name = body.requiredText("name");
        long slots = body.requiredNumber("slots");
        Optional<String> description = body.text("description");
        boolean deferred = body.flag("include_deferred", false);
        slots(body, slots);
        if (body.has("name") && name.isBlank()) {
            body.wrong("name", "string_too_short", "String should have at least 1 character");
        }
        body.check();
        store.pools().create(new Pool(name, Math.toIntExact(slots), description, deferred));
        Auditing.other(store, request, "post_pool", name);
        request.status(201).json(view(store.pools().require(name)));
    }

    private static void slots(Body body, long slots) {
        if (slots < -1 || slots > Integer.MAX_VALUE) {
            body.wrong("slots", "greater_than_equal", "Input should be at least -1, which means no bound");
        }
    }

    private void change(Context request) {
        Pool known = store.pools().require(request.pathParam("pool_name")).pool();
        Body body = Body.of(request.body(), CHANGES);
        long slots = body.number("slots", known.slots());
        Optional<String> name = body.text("pool");
        Optional<String> description = body.text("description").or(known::description);
        boolean deferred = body.flag("include_deferred", known.includeDeferred());
        slots(body, slots);
        body.check();
        if (name.isPresent() && !name.get().equals(known.name())) {
            throw Refusal.badRequest("Invalid body, pool name from request body doesn't match uri parameter");
        }
        store.pools().update(new Pool(known.name(), Math.toIntExact(slots), description, deferred));
        Auditing.other(store, request, "patch_pool", known.name());
        request.json(view(store.pools().require(known.name())));
    }

    private void delete(Context request) {
        String name =
                store.pools().require(request.pathParam("pool_name")).pool().name();
        if (name.equals(Pool.DEFAULT)) {
            throw Refusal.badRequest("Default Pool can't be deleted");
        }
        store.pools().delete(name);
        Auditing.other(store, request, "delete_pool", name);
        request.status(204);
    }
}

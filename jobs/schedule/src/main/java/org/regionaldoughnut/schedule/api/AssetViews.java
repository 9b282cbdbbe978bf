package org.regionaldoughnut.schedule.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.regionaldoughnut.schedule.model.Asset;
import org.regionaldoughnut.schedule.model.AssetEvent;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.DataInterval;
import org.regionaldoughnut.schedule.model.QueuedEvent;

/** Assets and their events, as Airflow's schemas have them. */
final class AssetViews {
    private static final int NOT_MAPPED = -1;

    private AssetViews() {}

    /** AssetResponse. */
    static ObjectNode asset(Asset asset) {
        View view = View.of()
                .number("id", asset.id())
                .text("name", asset.name())
                .text("uri", asset.uri())
                .text("group", asset.group())
                .object("extra")
                .time("created_at", asset.created())
                .time("updated_at", asset.updated())
                .list("scheduled_dags", asset.consumers(), consumer -> View.of()
                        .text("dag_id", consumer.dagId())
                        .time("created_at", consumer.created())
                        .time("updated_at", consumer.created())
                        .node())
                .list("producing_tasks", asset.producers(), producer -> View.of()
                        .text("dag_id", producer.dagId())
                        .text("task_id", producer.taskId())
                        .time("created_at", producer.created())
                        .time("updated_at", producer.created())
                        .node())
                .texts("consuming_tasks", List.of())
                .texts("aliases", List.of())
                .texts("watchers", List.of());
        if (asset.lastEvent().isPresent()) {
            view.json(
                    "last_asset_event",
                    View.of()
                            .number("id", asset.lastEvent().get().id())
                            .time("timestamp", asset.lastEvent().get().at())
                            .node());
        } else {
            view.none("last_asset_event");
        }
        return view.node();
    }

    /** AssetEventResponse. */
    static ObjectNode event(AssetEvent event) {
        Optional<AssetEvent.Source> source = event.source();
        return View.of()
                .number("id", event.id())
                .number("asset_id", event.assetId())
                .text("uri", event.uri())
                .text("name", event.name())
                .text("group", event.group())
                .json("extra", event.extra())
                .text("source_dag_id", source.map(AssetEvent.Source::dagId))
                .text("source_run_id", source.map(AssetEvent.Source::runId))
                .text("source_task_id", source.map(AssetEvent.Source::taskId))
                .number("source_map_index", NOT_MAPPED)
                .none("partition_key")
                .time("timestamp", event.at())
                .list("created_dagruns", event.runs(), AssetViews::run)
                .node();
    }

    /** DagRunAssetReference; its start is when it was to run where it has not begun. */
    private static ObjectNode run(DagRun run) {
        return View.of()
                .text("run_id", run.runId())
                .text("dag_id", run.dagId())
                .time("logical_date", run.logicalDate())
                .time("start_date", run.started().orElse(run.runAfter()))
                .time("end_date", run.ended())
                .text("state", run.state().word())
                .time("data_interval_start", run.interval().map(DataInterval::start))
                .time("data_interval_end", run.interval().map(DataInterval::end))
                .none("partition_key")
                .flag("triggering", true)
                .node();
    }

    /** QueuedEventResponse. */
    static ObjectNode queued(QueuedEvent event) {
        return View.of()
                .text("dag_id", event.dagId())
                .text("dag_display_name", event.dagId())
                .number("asset_id", event.assetId())
                .time("created_at", event.created())
                .node();
    }
}

"""What Airflow's official Python client gets from the scheduler's API.

Called with the address, a name and a password. The DAGs are those of ApiFixture: `nightly` (fetch, check, publish; with
an asset at its end), `broken` (fails), `on_figures` (waits for the asset), `paused_one`.
"""

import sys
import unittest
from datetime import datetime, timedelta, timezone
from urllib.request import Request, urlopen
import json

import airflow_client.client as airflow
from airflow_client.client.exceptions import ApiException
from airflow_client.client.rest import ApiException as RestException

HOST, NAME, PASSWORD = sys.argv[1].rstrip("/"), sys.argv[2], sys.argv[3]


def token(name=NAME, password=PASSWORD, path="/auth/token"):
    request = Request(
        HOST + path,
        data=json.dumps({"username": name, "password": password}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urlopen(request) as answer:
        assert answer.status == 201, answer.status
        return json.load(answer)["access_token"]


CLIENT = airflow.ApiClient(airflow.Configuration(host=HOST, access_token=token()))
DAGS, RUNS, TASKS = airflow.DAGApi(CLIENT), airflow.DagRunApi(CLIENT), airflow.TaskInstanceApi(CLIENT)
NUMBER = iter(range(1, 1000))
BASE = datetime(2025, 3, 1, 2, 30, tzinfo=timezone.utc)


def trigger(dag="nightly", **fields):
    return RUNS.trigger_dag_run(dag, airflow.TriggerDAGRunPostBody(**{"logical_date": None, **fields}))


def finished(run):
    return json.loads(
        RUNS.wait_dag_run_until_finished_without_preload_content(
            run.dag_id, run.dag_run_id, interval=0.1, _headers={"Accept": "application/json"}
        ).data
    )


class OfficialClient(unittest.TestCase):
    def refused(self, status, call, *arguments, **named):
        with self.assertRaises((ApiException, RestException)) as caught:
            call(*arguments, **named)
        self.assertEqual(status, caught.exception.status, caught.exception.body)
        self.assertIn("detail", json.loads(caught.exception.body))
        return json.loads(caught.exception.body)["detail"]

    def test_logs_in_for_the_command_line_too_and_refuses_a_wrong_password(self):
        self.assertTrue(token(path="/auth/token/cli"))
        with self.assertRaises(Exception) as caught:
            token(password="not the password")
        self.assertEqual(401, caught.exception.code)

    def test_refuses_calls_without_a_token(self):
        nobody = airflow.DAGApi(airflow.ApiClient(airflow.Configuration(host=HOST)))
        self.refused(401, nobody.get_dags)

    def test_tells_health_and_version_to_all(self):
        nobody = airflow.ApiClient(airflow.Configuration(host=HOST))
        health = airflow.MonitorApi(nobody).get_health()
        self.assertEqual("healthy", health.metadatabase.status)
        self.assertTrue(airflow.VersionApi(nobody).get_version().version.startswith("3."))

    def test_lists_dags_with_pages_order_tags_and_patterns(self):
        everything = DAGS.get_dags(order_by=["dag_id"])
        names = [dag.dag_id for dag in everything.dags]
        self.assertEqual(sorted(names), names)
        self.assertEqual(everything.total_entries, len(names))
        self.assertEqual(names[1:3], [d.dag_id for d in DAGS.get_dags(order_by=["dag_id"], limit=2, offset=1).dags])
        self.assertEqual(names[::-1], [d.dag_id for d in DAGS.get_dags(order_by=["-dag_id"]).dags])
        self.assertEqual(["nightly"], [d.dag_id for d in DAGS.get_dags(tags=["figures"]).dags])
        self.assertEqual(["nightly"], [d.dag_id for d in DAGS.get_dags(dag_id_pattern="night%").dags])
        self.assertEqual(["paused_one"], [d.dag_id for d in DAGS.get_dags(paused=True).dags])

    def test_shows_a_dag_its_details_tasks_versions_and_source(self):
        self.assertEqual("nightly", DAGS.get_dag("nightly").dag_id)
        details = DAGS.get_dag_details("nightly")
        self.assertEqual("Europe/London", details.timezone)
        self.assertFalse(details.catchup)
        tasks = airflow.TaskApi(CLIENT).get_tasks("nightly").tasks
        self.assertEqual(["fetch", "check", "publish"], [task.task_id for task in tasks])
        self.assertEqual(["check"], tasks[0].downstream_task_ids)
        self.assertEqual("all_success", airflow.TaskApi(CLIENT).get_task("nightly", "check").trigger_rule)
        self.assertEqual(1, airflow.DagVersionApi(CLIENT).get_dag_versions("nightly").dag_versions[0].version_number)
        self.assertIn("nightly", airflow.DagSourceApi(CLIENT).get_dag_source("nightly").content)

    def test_names_near_misses_of_unknown_names(self):
        self.assertIn("nightly", self.refused(404, DAGS.get_dag, "nihgtly"))
        self.refused(404, RUNS.get_dag_run, "nightly", "nothing")
        self.refused(404, airflow.TaskApi(CLIENT).get_task, "nightly", "fetsch")

    def test_pauses_and_unpauses(self):
        self.assertTrue(DAGS.patch_dag("broken", airflow.DAGPatchBody(is_paused=True)).is_paused)
        self.assertFalse(DAGS.patch_dag("broken", airflow.DAGPatchBody(is_paused=False)).is_paused)

    def test_triggers_without_anything_and_waits_for_the_end(self):
        run = trigger()
        self.assertTrue(run.dag_run_id.startswith("manual__"))
        self.assertIsNone(run.logical_date)
        self.assertEqual("rest_api", run.triggered_by.value)
        self.assertEqual("success", finished(run)["state"])
        self.assertEqual("success", RUNS.get_dag_run("nightly", run.dag_run_id).state.value)

    def test_triggers_with_id_conf_note_and_logical_date_once_only(self):
        date = BASE + timedelta(days=next(NUMBER))
        name = f"by-hand-{date:%Y%m%d}"
        run = trigger(dag_run_id=name, logical_date=date, conf={"region": "UKC"}, note="for the record")
        self.assertEqual((name, date, {"region": "UKC"}, "for the record"), (run.dag_run_id, run.logical_date, run.conf, run.note))
        self.refused(409, trigger, dag_run_id=name)
        self.refused(409, trigger, logical_date=date)
        finished(run)

    def test_refuses_bodies_it_does_not_know(self):
        request = Request(
            HOST + "/api/v2/dags/nightly/dagRuns",
            data=b'{"logical_date": null, "colour": "green"}',
            headers={"Content-Type": "application/json", "Authorization": "Bearer " + token()},
        )
        with self.assertRaises(Exception) as caught:
            urlopen(request)
        self.assertEqual(422, caught.exception.code)
        detail = json.load(caught.exception)["detail"]
        self.assertEqual(["body", "colour"], detail[0]["loc"])

    def test_filters_runs_by_state_type_and_time(self):
        run = trigger()
        finished(run)
        self.assertIn(run.dag_run_id, [r.dag_run_id for r in RUNS.get_dag_runs("~", state=["success"], order_by=["-run_after"], limit=100).dag_runs])
        self.assertNotIn(run.dag_run_id, [r.dag_run_id for r in RUNS.get_dag_runs("nightly", state=["failed"]).dag_runs])
        self.assertEqual(0, RUNS.get_dag_runs("nightly", run_after_gte=datetime(2100, 1, 1, tzinfo=timezone.utc)).total_entries)
        self.assertEqual(run.dag_run_id, RUNS.get_dag_runs("nightly", run_id_pattern=run.dag_run_id).dag_runs[0].dag_run_id)
        batch = RUNS.get_list_dag_runs_batch("~", airflow.DAGRunsBatchBody(dag_ids=["nightly"], states=["success"]))
        self.assertGreater(batch.total_entries, 0)
        self.refused(400, RUNS.get_dag_runs, "nightly", order_by=["colour"])

    def test_shows_task_instances_tries_and_logs(self):
        run = trigger()
        finished(run)
        tasks = TASKS.get_task_instances("nightly", run.dag_run_id)
        self.assertEqual({"fetch", "check", "publish"}, {t.task_id for t in tasks.task_instances})
        self.assertEqual({"success"}, {t.state.value for t in tasks.task_instances})
        self.assertEqual(1, TASKS.get_task_instance("nightly", run.dag_run_id, "fetch").try_number)
        self.assertEqual(1, TASKS.get_task_instance_tries("nightly", run.dag_run_id, "fetch").total_entries)
        log = TASKS.get_log("nightly", run.dag_run_id, "fetch", 1, full_content=True, _headers={"Accept": "application/json"})
        self.assertTrue(log.content)
        self.assertGreater(TASKS.get_task_instances("~", "~", state=["success"]).total_entries, 0)
        batch = TASKS.get_task_instances_batch("~", "~", airflow.TaskInstancesBatchBody(dag_ids=["nightly"], state=["success"]))
        self.assertGreater(batch.total_entries, 0)

    def test_shows_a_failed_run_and_what_came_after(self):
        run = trigger("broken")
        self.assertEqual("failed", finished(run)["state"])
        states = {t.task_id: t.state.value for t in TASKS.get_task_instances("broken", run.dag_run_id).task_instances}
        self.assertEqual({"fail": "failed", "after": "upstream_failed"}, states)

    def test_clears_tasks_first_dry_then_really_and_keeps_the_old_try(self):
        run = trigger()
        finished(run)
        body = dict(dag_run_id=run.dag_run_id, task_ids=[airflow.ClearTaskInstancesBodyTaskIdsInner("check")], only_failed=False, include_downstream=True)
        would = TASKS.post_clear_task_instances("nightly", airflow.ClearTaskInstancesBody(dry_run=True, **body))
        self.assertEqual({"check", "publish"}, {t.task_id for t in would.task_instances})
        self.assertEqual(1, TASKS.get_task_instance("nightly", run.dag_run_id, "check").try_number)
        TASKS.post_clear_task_instances("nightly", airflow.ClearTaskInstancesBody(dry_run=False, **body))
        self.assertEqual("success", finished(run)["state"])
        self.assertEqual(2, TASKS.get_task_instance("nightly", run.dag_run_id, "check").try_number)
        self.assertEqual([1, 2], [t.try_number for t in TASKS.get_task_instance_tries("nightly", run.dag_run_id, "check").task_instances])

    def test_clears_a_run_marks_states_and_notes_and_deletes(self):
        run = trigger()
        finished(run)
        RUNS.clear_dag_run("nightly", run.dag_run_id, airflow.DAGRunClearBody(dry_run=False))
        self.assertEqual("success", finished(run)["state"])
        changed = RUNS.patch_dag_run("nightly", run.dag_run_id, airflow.DAGRunPatchBody(state="failed", note="looked at"))
        self.assertEqual(("failed", "looked at"), (changed.state.value, changed.note))
        TASKS.patch_task_instance("nightly", run.dag_run_id, "publish", airflow.PatchTaskInstanceBody(new_state="skipped"))
        self.assertEqual("skipped", TASKS.get_task_instance("nightly", run.dag_run_id, "publish").state.value)
        RUNS.delete_dag_run("nightly", run.dag_run_id)
        self.refused(404, RUNS.get_dag_run, "nightly", run.dag_run_id)

    def test_backfills_dry_really_and_one_at_a_time(self):
        backfills = airflow.BackfillApi(CLIENT)
        start = datetime(2024, 6, 1, tzinfo=timezone.utc)
        body = airflow.BackfillPostBody(dag_id="nightly", from_date=start, to_date=start + timedelta(days=3), max_active_runs=1)
        would = backfills.create_backfill_dry_run(body)
        self.assertEqual(3, would.total_entries)
        made = backfills.create_backfill(body)
        self.refused(409, backfills.create_backfill, body)
        self.assertTrue(backfills.pause_backfill(made.id).is_paused)
        self.assertFalse(backfills.unpause_backfill(made.id).is_paused)
        self.assertEqual(made.id, backfills.get_backfill(made.id).id)
        self.assertIsNotNone(backfills.cancel_backfill(made.id).completed_at)
        self.assertIn(made.id, [b.id for b in backfills.list_backfills("nightly").backfills])
        wrong = airflow.BackfillPostBody(dag_id="nightly", from_date=start, to_date=start - timedelta(days=1))
        self.refused(422, backfills.create_backfill, wrong)

    def test_manages_pools(self):
        pools = airflow.PoolApi(CLIENT)
        self.assertIn("default_pool", [p.name for p in pools.get_pools().pools])
        self.assertEqual(3, pools.post_pool(airflow.PoolBody(name="narrow", slots=3, description="few")).slots)
        self.refused(409, pools.post_pool, airflow.PoolBody(name="narrow", slots=3))
        self.assertEqual(5, pools.patch_pool("narrow", airflow.PoolPatchBody(slots=5)).slots)
        pools.delete_pool("narrow")
        self.refused(404, pools.get_pool, "narrow")
        self.refused(400, pools.delete_pool, "default_pool")

    def test_emits_asset_events_that_start_runs(self):
        assets = airflow.AssetApi(CLIENT)
        figures = next(a for a in assets.get_assets().assets if a.name == "figures")
        self.assertEqual("nightly", figures.producing_tasks[0].dag_id)
        before = RUNS.get_dag_runs("on_figures").total_entries
        event = assets.create_asset_event(airflow.CreateAssetEventsBody(asset_id=figures.id, extra={"by": "test"}))
        self.assertEqual("figures", event.name)
        self.assertGreater(assets.get_asset_events(asset_id=figures.id).total_entries, 0)
        for _ in range(400):
            if RUNS.get_dag_runs("on_figures").total_entries > before:
                break
        self.assertGreater(RUNS.get_dag_runs("on_figures").total_entries, before)
        self.assertEqual("asset_triggered", RUNS.get_dag_runs("on_figures", order_by=["-id"]).dag_runs[0].run_type.value)

    def test_answers_with_empty_collections_for_what_is_not_there(self):
        self.assertEqual(0, airflow.VariableApi(CLIENT).get_variables().total_entries)
        self.assertEqual(0, airflow.ConnectionApi(CLIENT).get_connections().total_entries)
        self.assertEqual(0, airflow.ProviderApi(CLIENT).get_providers().total_entries)
        self.assertEqual(0, airflow.PluginApi(CLIENT).get_plugins().total_entries)
        self.assertEqual(0, airflow.ImportErrorApi(CLIENT).get_import_errors().total_entries)
        self.refused(403, airflow.ConfigApi(CLIENT).get_config)

    def test_shows_stats_tags_jobs_and_who_changed_what(self):
        stats = airflow.DagStatsApi(CLIENT).get_dag_stats(dag_ids=["nightly"])
        self.assertEqual({"queued", "running", "success", "failed"}, {s.state.value for s in stats.dags[0].stats})
        self.assertIn("figures", DAGS.get_dag_tags().tags)
        airflow.JobApi(CLIENT).get_jobs()
        run = trigger()
        finished(run)
        events = airflow.EventLogApi(CLIENT).get_event_logs(dag_id="nightly", order_by=["-event_log_id"], limit=5)
        self.assertIn(run.dag_run_id, [e.run_id for e in events.event_logs])
        self.assertEqual(NAME, events.event_logs[0].owner)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[4:], verbosity=2)

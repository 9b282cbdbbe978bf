"""What a real Airflow makes of exported DAGs: airflow_dags.py FOLDER. Prints a line for each DAG and task, then runs."""

import sys
from pathlib import Path

from airflow.dag_processing.dagbag import DagBag
from airflow.serialization.serialized_objects import DagSerialization

folder = Path(sys.argv[1])
for part in ("python", "factory"):
    bag = DagBag(folder / part)
    if bag.import_errors:
        sys.exit(f"{part}: {bag.import_errors}")
    for dag in sorted(bag.dags.values(), key=lambda found: found.dag_id):
        # what Airflow's scheduler keeps of a DAG, and computes its runs from
        kept = DagSerialization.from_dict(DagSerialization.to_dict(dag))
        timetable = kept.timetable
        print("dag", part, dag.dag_id, type(timetable).__name__, getattr(timetable, "summary", ""), sep="|")
        for task in dag.tasks:
            words = [
                task.task_id,
                ",".join(sorted(task.upstream_task_ids)),
                int(task.retries),
                f"{task.retry_delay.total_seconds():.0f}",
                task.retry_exponential_backoff,
                f"{task.execution_timeout.total_seconds():.0f}" if task.execution_timeout else "",
                ",".join(asset.name for asset in task.outlets),
            ]
            print("task", part, dag.dag_id, *words, sep="|")

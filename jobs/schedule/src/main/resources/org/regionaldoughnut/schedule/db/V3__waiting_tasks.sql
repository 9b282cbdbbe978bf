-- Tasks that wait for a slot are looked for in the order in which they get one, many times a second.
create index task_instance_waiting on task_instance (state, pool, priority_weight desc, run_after, ordinal);

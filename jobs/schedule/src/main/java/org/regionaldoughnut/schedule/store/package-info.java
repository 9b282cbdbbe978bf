/**
 * The scheduler's memory in H2 or PostgreSQL: {@link org.regionaldoughnut.schedule.store.ScheduleStore}, one facet a
 * subject.
 *
 * <p>How to use it: {@code ScheduleDatabase.embedded(folder, 8).open(clock)}, then {@code store.runs().trigger(...)},
 * {@code store.dags().list(Criteria.all().with("is_paused", false).orderBy("-dag_id").page(50, 0))} and so on. A listing
 * names in its Javadoc the fields it can be filtered and ordered by; an unknown one is an
 * {@link IllegalArgumentException}. What cannot be done is a {@link org.regionaldoughnut.schedule.store.RefusedException}
 * whose reason tells not found, conflict and invalid apart. Changes wake the engine by themselves, in this process and in
 * others. {@code Flow} and {@code DagSync} are for the engine alone.
 *
 * <p>Every state change is one transaction that compares before it sets: whoever changes tasks locks their run first, who
 * creates or starts runs locks the DAG before that, who gives slots locks the pools.
 */
package org.regionaldoughnut.schedule.store;

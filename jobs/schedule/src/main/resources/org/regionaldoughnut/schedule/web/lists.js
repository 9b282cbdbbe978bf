// Pools, assets, audit log.
import { get, post, patch, remove, part } from './api.js';
import { h, time, table, notice, ask, field } from './dom.js';
import { show } from './main.js';

export async function pools() {
  const { pools: list } = await get('/pools?limit=100');
  const rows = list.map(p => [p.name, p.description || '', h('span', { class: 'number' }, p.slots < 0 ? 'no bound' : String(p.slots)), String(p.running_slots), String(p.queued_slots), String(p.scheduled_slots), p.slots < 0 ? '–' : String(p.open_slots),
    h('div', { class: 'actions' }, h('button', { 'data-key': 'pool-' + p.name, onclick: () => edit(p) }, 'Change …'), p.name !== 'default_pool' && h('button', { class: 'danger', onclick: () => drop(p) }, 'Delete …'))]);
  return {
    title: 'Pools', every: 5000,
    content: [h('h1', {}, 'Pools'), h('p', { class: 'lead' }, 'How many tasks may run at the same time.'),
      h('div', { class: 'actions' }, h('button', { class: 'main', onclick: () => edit(null) }, 'New pool …')),
      table('Pools', ['Name', 'For', 'Slots', 'Running', 'Queued', 'Waiting', 'Open', 'Do'], rows, 'No pool.')],
  };
}

function edit(pool) {
  ask(pool ? `Change ${pool.name}` : 'New pool', [
    !pool && field('Name', 'name', { required: true }), field('Slots (-1: no bound)', 'slots', { type: 'number', min: '-1', value: String(pool?.slots ?? 4) }), field('For', 'description', { value: pool?.description || '' }),
  ], 'Save', async data => {
    const body = { slots: Number(data.get('slots')), description: data.get('description') || undefined };
    if (pool) await patch(`/pools/${part(pool.name)}`, body); else await post('/pools', { ...body, name: data.get('name') });
    show(true);
  });
}

function drop(pool) {
  ask(`Delete ${pool.name}?`, h('p', {}, 'Tasks that name it will wait until there is such a pool again.'), 'Delete', async () => { await remove(`/pools/${part(pool.name)}`); show(true); }, { danger: true });
}

export async function assets() {
  const [{ assets: list }, { asset_events: events }] = await Promise.all([get('/assets?limit=100'), get('/assets/events?limit=30&order_by=-timestamp')]);
  const rows = list.map(a => [a.name, a.uri, a.producing_tasks.map(t => h('div', {}, `${t.dag_id} · ${t.task_id}`)), a.scheduled_dags.map(d => h('div', {}, h('a', { href: `#/dags/${part(d.dag_id)}` }, d.dag_id))), time(a.last_asset_event?.timestamp),
    h('button', { onclick: async () => { try { await post('/assets/events', { asset_id: a.id, extra: {} }); notice(`${a.name} has a new event.`); show(true); } catch (e) { notice(e.message, true); } } }, 'Say it is new')]);
  return {
    title: 'Assets', every: 5000,
    content: [h('h1', {}, 'Assets'), h('p', { class: 'lead' }, 'What tasks renew and pipelines wait for.'),
      table('Assets', ['Name', 'Address', 'Renewed by', 'Starts', 'Renewed', 'Do'], rows, 'No pipeline names an asset.'),
      h('h2', {}, 'Latest events'), table('Events', ['Asset', 'When', 'By', 'Started'], events.map(e => [e.name, time(e.timestamp), e.source_task_id ? `${e.source_dag_id} · ${e.source_task_id}` : 'from outside', e.created_dagruns.map(r => h('div', {}, r.run_id))]), 'None yet.')],
  };
}

export async function audit() {
  const { event_logs: list } = await get('/eventLogs?limit=100&order_by=-when');
  return {
    title: 'Audit', every: 10000,
    content: [h('h1', {}, 'Audit'), h('p', { class: 'lead' }, 'Who changed what, the latest first.'),
      table('Audit log', ['When', 'Who', 'What', 'Pipeline', 'Run', 'Task', 'More'], list.map(e => [time(e.when), e.owner || '', e.event, e.dag_id || '', e.run_id || '', e.task_id || '', e.extra || '']), 'Nothing yet.')],
  };
}

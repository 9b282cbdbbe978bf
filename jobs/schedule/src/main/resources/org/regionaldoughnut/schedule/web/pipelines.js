// The list of pipelines, and one pipeline: grid, graph, backfills, details.
import { get, ui, post, patch, all, part } from './api.js';
import { h, s, badge, time, duration, table, notice, ask, field, tick, sign, word, colour } from './dom.js';
import { show } from './main.js';

const SHOWN_RUNS = 20;

export async function pipelines() {
  const [dags, stats, errors] = await Promise.all([
    all('/dags?exclude_stale=true', 'dags'), get('/dagStats?limit=100'), get('/importErrors?limit=100')]);
  const byDag = new Map(stats.dags.map(d => [d.dag_id, d.stats]));
  const latest = await Promise.all(dags.map(d =>
    get(`/dags/${part(d.dag_id)}/dagRuns?limit=1&order_by=-run_after`).then(r => r.dag_runs[0])));
  const rows = dags.map((dag, i) => [
    [h('a', { href: `#/dags/${part(dag.dag_id)}`, 'data-key': 'dag-' + dag.dag_id }, dag.dag_display_name), ' ',
      dag.tags.map(t => h('span', { class: 'tag' }, t.name)), h('div', { class: 'muted' }, dag.description || '')],
    [dag.timetable_summary || 'None', h('div', { class: 'muted' }, dag.timetable_description || '')],
    latest[i] ? [h('a', { href: `#/dags/${part(dag.dag_id)}/runs/${part(latest[i].dag_run_id)}` }, badge(latest[i].state)), h('div', {}, time(latest[i].run_after))] : h('span', { class: 'muted' }, 'never'),
    dag.is_paused ? h('span', { class: 'muted' }, 'paused') : time(dag.next_dagrun_run_after),
    (byDag.get(dag.dag_id) || []).filter(x => x.count).map(x => h('div', {}, badge(x.state), ' ', String(x.count))),
    h('div', { class: 'actions' }, pauseButton(dag), triggerButton(dag)),
  ]);
  return {
    title: 'Pipelines', every: 5000,
    content: [h('h1', {}, 'Pipelines'), h('p', { class: 'lead' }, `${dags.length} configured. Times are in UTC.`),
      errors.import_errors.map(e => h('div', { class: 'why error', role: 'alert' }, h('strong', {}, e.filename), h('pre', {}, e.stack_trace))),
      table('Pipelines', ['Pipeline', 'Schedule', 'Latest run', 'Next run', 'Runs', 'Do'], rows, 'No pipeline is configured. Add one under conf/<office>/pipelines.')],
  };
}

function pauseButton(dag) {
  return h('button', {
    'data-key': 'pause-' + dag.dag_id, 'aria-pressed': String(dag.is_paused),
    onclick: async () => {
      try {
        await patch(`/dags/${part(dag.dag_id)}`, { is_paused: !dag.is_paused });
        notice(dag.is_paused ? `${dag.dag_display_name} runs again.` : `${dag.dag_display_name} is paused.`);
        show(true);
      } catch (e) { notice(e.message, true); }
    },
  }, dag.is_paused ? 'Unpause' : 'Pause', h('span', { class: 'skip' }, ' ' + dag.dag_display_name));
}

function triggerButton(dag) {
  return h('button', { 'data-key': 'trigger-' + dag.dag_id, onclick: () => trigger(dag.dag_id) }, 'Start a run …', h('span', { class: 'skip' }, ' of ' + dag.dag_display_name));
}

async function trigger(dagId) {
  const details = await get(`/dags/${part(dagId)}/details`);
  const defaults = Object.fromEntries(Object.entries(details.params || {}).map(([k, v]) => [k, v.value]));
  ask(`Start a run of ${details.dag_display_name}`, [
    field('Logical date (UTC; empty: none)', 'date', { type: 'datetime-local', step: '1' }),
    h('label', { for: 'f-conf' }, 'Parameters (JSON)'), h('textarea', { id: 'f-conf', name: 'conf', rows: '5' }, JSON.stringify(defaults, null, 2)),
    field('Note', 'note'),
  ], 'Start', async data => {
    let conf;
    try { conf = JSON.parse(data.get('conf') || '{}'); } catch (e) { throw new Error('The parameters are not JSON: ' + e.message); }
    const run = await post(`/dags/${part(dagId)}/dagRuns`, {
      logical_date: data.get('date') ? data.get('date') + 'Z' : null, conf, note: data.get('note') || undefined });
    notice(`Started ${run.dag_run_id}.`);
    location.hash = `#/dags/${part(dagId)}/runs/${part(run.dag_run_id)}`;
  });
}

export async function pipeline(id, tab = 'grid') {
  const dag = await get(`/dags/${part(id)}/details`);
  const why = await ui(`/why/${part(id)}`);
  const tabs = { grid, graph, backfills, details };
  const base = `#/dags/${part(id)}`;
  return {
    title: dag.dag_display_name, every: 3000,
    content: [
      h('h1', {}, dag.dag_display_name), h('p', { class: 'lead' }, dag.description || ''),
      h('div', { class: 'actions' }, pauseButton(dag), triggerButton(dag)),
      why.reasons.map(reason => h('p', { class: 'why' }, reason.run_id && [h('strong', {}, reason.run_id), ': '], reason.text)),
      h('nav', { class: 'tabs', 'aria-label': 'Views of the pipeline' }, Object.keys(tabs).map(name =>
        h('a', { href: name === 'grid' ? base : `${base}/${name}`, 'data-key': 'tab-' + name, 'aria-current': name === tab ? 'page' : null }, name[0].toUpperCase() + name.slice(1)))),
      await tabs[tab](dag),
    ],
  };
}

async function grid(dag) {
  const id = part(dag.dag_id);
  const [{ tasks }, { dag_runs: newest }] = await Promise.all([
    get(`/dags/${id}/tasks`), get(`/dags/${id}/dagRuns?limit=${SHOWN_RUNS}&order_by=-run_after`)]);
  const shown = newest.reverse();
  if (!shown.length) return h('p', { class: 'muted' }, 'There is no run yet.');
  const instances = await Promise.all(shown.map(r => all(`/dags/${id}/dagRuns/${part(r.dag_run_id)}/taskInstances`, 'task_instances')));
  const state = new Map(instances.flat().map(t => [t.dag_run_id + '\n' + t.task_id, t]));
  const longest = Math.max(1, ...shown.map(r => r.duration || 0));
  return h('div', { class: 'scroll', 'data-scroll': 'grid', tabindex: '0', role: 'region', 'aria-label': 'Runs and tasks' },
    h('table', { class: 'grid' },
      h('caption', { class: 'skip' }, 'Runs as columns, the latest last; tasks as rows'),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Task'), shown.map(r => {
        const bar = h('a', {
          class: 'bar', href: `#/dags/${id}/runs/${part(r.dag_run_id)}`, 'data-key': 'run-' + r.dag_run_id,
          title: `${r.dag_run_id}: ${word(r.state)}, ${duration(r.duration)}`, 'aria-label': `Run ${r.dag_run_id}: ${word(r.state)}, ${duration(r.duration)}` });
        bar.style.background = colour(r.state);
        bar.style.height = `${10 + 50 * (r.duration || 0) / longest}px`;
        return h('th', { scope: 'col' }, bar);
      }))),
      h('tbody', {}, tasks.map(task => h('tr', {}, h('th', { scope: 'row' }, task.task_display_name), shown.map(r => {
        const instance = state.get(r.dag_run_id + '\n' + task.task_id);
        if (!instance) return h('td', {});
        const cell = h('a', {
          class: 'cell', href: `#/dags/${id}/runs/${part(r.dag_run_id)}/tasks/${part(task.task_id)}`, role: 'link',
          'data-key': `cell-${r.dag_run_id}-${task.task_id}`, title: `${task.task_id}: ${word(instance.state)}`,
          'aria-label': `${task.task_id} in ${r.dag_run_id}: ${word(instance.state)}` }, sign(instance.state));
        cell.style.background = colour(instance.state);
        cell.style.display = 'inline-grid';
        cell.style.placeItems = 'center';
        cell.style.textDecoration = 'none';
        return h('td', {}, cell);
      }))))));
}

async function graph(dag) {
  const id = part(dag.dag_id);
  const [{ tasks }, { dag_runs: [latest] }] = await Promise.all([get(`/dags/${id}/tasks`), get(`/dags/${id}/dagRuns?limit=1&order_by=-run_after`)]);
  const instances = latest ? await all(`/dags/${id}/dagRuns/${part(latest.dag_run_id)}/taskInstances`, 'task_instances') : [];
  const state = new Map(instances.map(t => [t.task_id, t.state]));
  const up = new Map(tasks.map(t => [t.task_id, []]));
  tasks.forEach(t => t.downstream_task_ids.forEach(d => up.get(d)?.push(t.task_id)));
  const depth = new Map();
  const level = name => {
    if (!depth.has(name)) { depth.set(name, 0); depth.set(name, Math.max(-1, ...up.get(name).map(level)) + 1); }
    return depth.get(name);
  };
  tasks.forEach(t => level(t.task_id));
  const columns = [];
  tasks.forEach(t => (columns[depth.get(t.task_id)] ||= []).push(t.task_id));
  const wide = 190; const high = 40; const gapX = 60; const gapY = 22;
  const at = new Map();
  columns.forEach((names, x) => names.forEach((name, y) => at.set(name, [16 + x * (wide + gapX), 16 + y * (high + gapY)])));
  const width = 32 + columns.length * (wide + gapX) - gapX;
  const height = 32 + Math.max(...columns.map(c => c.length)) * (high + gapY) - gapY;
  const edges = tasks.flatMap(t => t.downstream_task_ids.map(d => {
    const [x1, y1] = at.get(t.task_id); const [x2, y2] = at.get(d);
    return s('path', { d: `M${x1 + wide} ${y1 + high / 2} C${x1 + wide + gapX / 2} ${y1 + high / 2} ${x2 - gapX / 2} ${y2 + high / 2} ${x2 - 6} ${y2 + high / 2}`, 'marker-end': 'url(#arrow)' });
  }));
  const boxes = tasks.map(t => {
    const [x, y] = at.get(t.task_id);
    const box = s('rect', { x, y, width: wide, height: high, rx: 6 });
    box.style.stroke = colour(state.get(t.task_id));
    const name = t.task_id.length > 20 ? t.task_id.slice(0, 19) + '…' : t.task_id;
    const content = [box, s('title', {}, `${t.task_id}: ${word(state.get(t.task_id))}, ${t.operator_name}, ${t.trigger_rule}`),
      s('text', { x: x + 10, y: y + 25 }, `${sign(state.get(t.task_id))} ${name}`)];
    return latest ? s('a', { href: `#/dags/${id}/runs/${part(latest.dag_run_id)}/tasks/${part(t.task_id)}`, 'aria-label': `${t.task_id}: ${word(state.get(t.task_id))}` }, content) : s('g', {}, content);
  });
  return [h('p', { class: 'muted' }, latest ? `States of ${latest.dag_run_id}.` : 'There is no run yet.'),
    h('div', { class: 'scroll', 'data-scroll': 'graph', tabindex: '0', role: 'region', 'aria-label': 'Graph of the tasks' },
      s('svg', { class: 'graph', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'Tasks and what they wait for' },
        s('defs', {}, s('marker', { id: 'arrow', viewBox: '0 0 8 8', refX: 6, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' }, s('path', { d: 'M0 0 8 4 0 8' }))),
        edges, boxes))];
}

async function backfills(dag) {
  const { backfills: list } = await get(`/backfills?dag_id=${part(dag.dag_id)}&limit=50`);
  const rows = list.map(b => [String(b.id), time(b.from_date), time(b.to_date), b.reprocess_behavior, String(b.max_active_runs),
    b.completed_at ? ['done ', time(b.completed_at)] : b.is_paused ? 'paused' : 'active',
    b.completed_at ? '' : h('div', { class: 'actions' },
      h('button', { onclick: () => change(`/backfills/${b.id}/${b.is_paused ? 'unpause' : 'pause'}`) }, b.is_paused ? 'Unpause' : 'Pause'),
      h('button', { class: 'danger', onclick: () => change(`/backfills/${b.id}/cancel`) }, 'Cancel'))]);
  return [h('div', { class: 'actions' }, h('button', { class: 'main', 'data-key': 'backfill', onclick: () => backfill(dag) }, 'Backfill …')),
    table('Backfills', ['Number', 'From', 'To', 'Runs again', 'Runs at a time', 'State', 'Do'], rows, 'No backfill yet.')];
}

async function change(path) {
  try { await post(path, undefined); show(true); } catch (e) { notice(e.message, true); }
}

function backfill(dag) {
  const body = data => {
    if (!data.get('from') || !data.get('to')) throw new Error('Give both dates.');
    return {
      dag_id: dag.dag_id, from_date: data.get('from') + 'Z', to_date: data.get('to') + 'Z',
      reprocess_behavior: data.get('again'), max_active_runs: Number(data.get('most')), run_backwards: data.get('backwards') === 'on' };
  };
  ask(`Backfill ${dag.dag_display_name}`, [
    field('From (UTC)', 'from', { type: 'datetime-local', required: true }),
    field('To, included (UTC)', 'to', { type: 'datetime-local', required: true }),
    h('label', { for: 'f-again' }, 'Runs that exist'),
    h('select', { id: 'f-again', name: 'again' }, h('option', { value: 'none' }, 'leave as they are'), h('option', { value: 'failed' }, 'run again if they failed'), h('option', { value: 'completed' }, 'run again')),
    field('Runs at a time', 'most', { type: 'number', min: '1', value: '10' }), tick('The latest first', 'backwards'),
  ], 'Start', async data => { await post('/backfills', body(data)); notice('The backfill has begun.'); show(true); }, {
    look: async data => {
      const { backfills: would } = await post('/backfills/dry_run', body(data));
      return [h('p', {}, `${would.length} ${would.length === 1 ? 'run' : 'runs'}:`), h('ul', {}, would.slice(0, 30).map(w => h('li', {}, time(w.logical_date))))];
    },
  });
}

async function details(dag) {
  const next = await ui(`/next/${part(dag.dag_id)}?count=5`);
  const facts = [['Id', dag.dag_id], ['File', dag.fileloc], ['Schedule', `${dag.timetable_summary}: ${dag.timetable_description}`], ['Time zone', dag.timezone],
    ['Start', time(dag.start_date)], ['Catch up', dag.catchup ? 'all runs since the start' : 'the latest run only'], ['Runs at a time', String(dag.max_active_runs)],
    ['Tasks at a time', String(dag.max_active_tasks)], ['Version', String(dag.latest_dag_version?.version_number ?? '')], ['Read', time(dag.last_parsed_time)],
    ['Next runs', next.runs.length ? next.runs.map(r => h('div', {}, time(r.run_after))) : 'none by the clock']];
  return [h('dl', {}, facts.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])), dag.doc_md && h('p', {}, dag.doc_md)];
}

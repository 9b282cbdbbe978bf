// Runs of all pipelines, one run with its tasks, and the log of a try.
import { get, ui, post, patch, remove, all, part } from './api.js';
import { h, badge, time, duration, table, notice, ask, tick } from './dom.js';
import { show } from './main.js';

export async function runs() {
  const query = new URLSearchParams(location.hash.split('?')[1] || '');
  const state = query.get('state');
  const { dag_runs: list, total_entries: total } = await get(`/dags/~/dagRuns?limit=50&order_by=-run_after${state ? '&state=' + part(state) : ''}`);
  const rows = list.map(r => [h('a', { href: `#/dags/${part(r.dag_id)}` }, r.dag_display_name),
    h('a', { href: `#/dags/${part(r.dag_id)}/runs/${part(r.dag_run_id)}`, 'data-key': r.dag_id + r.dag_run_id }, r.dag_run_id), badge(r.state), time(r.run_after), duration(r.duration)]);
  const choices = [null, 'running', 'queued', 'failed', 'success'];
  return {
    title: 'Runs', every: 5000,
    content: [h('h1', {}, 'Runs'), h('p', { class: 'lead' }, `${total} in all, the latest first.`),
      h('div', { class: 'tabs' }, choices.map(c => h('a', { href: c ? `#/runs?state=${c}` : '#/runs', 'aria-current': c === state ? 'page' : null }, c || 'all'))),
      table('Runs', ['Pipeline', 'Run', 'State', 'Due', 'Took'], rows, 'No run.')],
  };
}

export async function run(dagId, runId) {
  const base = `/dags/${part(dagId)}/dagRuns/${part(runId)}`;
  const [r, tasks, why] = await Promise.all([get(base), all(`${base}/taskInstances`, 'task_instances'), ui(`/why/${part(dagId)}/${part(runId)}`)]);
  const reasons = new Map(why.reasons.filter(x => x.task_id).map(x => [x.task_id, x.text]));
  const rows = tasks.map(t => [
    h('a', { href: `#/dags/${part(dagId)}/runs/${part(runId)}/tasks/${part(t.task_id)}`, 'data-key': 'task-' + t.task_id }, t.task_display_name),
    [badge(t.state), reasons.has(t.task_id) && h('div', { class: 'muted' }, reasons.get(t.task_id))],
    String(t.try_number), time(t.start_date), duration(t.duration), t.pool, t.hostname || '']);
  return {
    title: runId, every: ['queued', 'running'].includes(r.state) ? 2000 : 8000,
    content: [h('p', {}, h('a', { href: `#/dags/${part(dagId)}` }, '← ' + r.dag_display_name)), h('h1', {}, runId), h('p', { class: 'lead' }, badge(r.state)),
      why.reasons.filter(x => !x.task_id).map(x => h('p', { class: 'why' }, x.text)),
      h('div', { class: 'actions' },
        h('button', { 'data-key': 'clear', onclick: () => clear(dagId, runId, r) }, 'Do again …'),
        h('button', { onclick: () => mark(base, 'success') }, 'Mark as success'), h('button', { onclick: () => mark(base, 'failed') }, 'Mark as failed'),
        h('button', { class: 'danger', onclick: () => drop(base, dagId, runId) }, 'Delete …')),
      h('dl', {}, [['Logical date', time(r.logical_date)], ['Data from', time(r.data_interval_start)], ['Data to', time(r.data_interval_end)], ['Due', time(r.run_after)],
        ['Started', time(r.start_date)], ['Ended', time(r.end_date)], ['Took', duration(r.duration)], ['Kind', r.run_type], ['Started by', [r.triggered_by, ' ', r.triggering_user_name || '']],
        ['Parameters', JSON.stringify(r.conf)], ['Note', r.note || '–'], ['Version', String(r.dag_versions[0]?.version_number ?? '')]]
        .map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])),
      h('h2', {}, 'Tasks'), table('Tasks', ['Task', 'State', 'Try', 'Started', 'Took', 'Pool', 'Host'], rows, 'No task yet.')],
  };
}

async function mark(path, state) {
  try { await patch(path, { state }); notice(`Marked as ${state}.`); show(true); } catch (e) { notice(e.message, true); }
}

function drop(path, dagId, runId) {
  ask(`Delete ${runId}?`, h('p', {}, 'Its tasks and the names of its logs go with it. The figures it made stay.'), 'Delete', async () => {
    await remove(path);
    notice('Deleted.');
    location.hash = `#/dags/${part(dagId)}`;
  }, { danger: true });
}

function clear(dagId, runId, r, taskId) {
  const body = (data, dry) => ({
    dry_run: dry, dag_run_id: runId, only_failed: data.get('failed') === 'on', include_downstream: data.get('downstream') === 'on',
    include_upstream: data.get('upstream') === 'on', task_ids: taskId ? [taskId] : undefined, reset_dag_runs: true });
  const path = `/dags/${part(dagId)}/clearTaskInstances`;
  ask(taskId ? `Do ${taskId} again` : `Do ${runId} again`, [
    tick('Only what failed', 'failed', r.state === 'failed' && !taskId), taskId && tick('Also what comes after it', 'downstream', true), taskId && tick('Also what comes before it', 'upstream'),
  ], 'Do again', async data => { await post(path, body(data, false)); notice('It will be done again.'); show(true); }, {
    look: async data => {
      const { task_instances: would } = await post(path, body(data, true));
      return would.length ? h('ul', {}, would.map(t => h('li', {}, t.task_id))) : h('p', {}, 'Nothing.');
    },
  });
}

export async function taskLog(dagId, runId, taskId, attempt) {
  const base = `/dags/${part(dagId)}/dagRuns/${part(runId)}/taskInstances/${part(taskId)}`;
  const [task, { task_instances: tries }, r] = await Promise.all([get(base), get(`${base}/tries`), get(`/dags/${part(dagId)}/dagRuns/${part(runId)}`)]);
  const number = Number(attempt) || task.try_number || 1;
  let lines = [];
  let token = null;
  if (task.try_number > 0) {
    for (let page = 0; page < 50; page++) {
      const log = await get(`${base}/logs/${number}?full_content=true${token ? '&token=' + part(token) : ''}`);
      lines.push(...log.content);
      token = log.continuation_token;
      if (!token) break;
    }
  }
  const running = ['running', 'queued', 'scheduled', 'restarting', 'up_for_retry'].includes(task.state) || task.state === null;
  const log = h('pre', { class: 'log', 'data-scroll': 'log', tabindex: '0', role: 'log', 'aria-label': 'Log' },
    lines.length ? lines.map(l => (l.timestamp ? `${l.timestamp.slice(11, 23)}  ${l.event}` : l.event ?? String(l)) + '\n') : 'Nothing was written yet.');
  if (running) requestAnimationFrame(() => { log.scrollTop = log.scrollHeight; });
  return {
    title: `${taskId}, try ${number}`, every: running ? 1500 : null,
    content: [h('p', {}, h('a', { href: `#/dags/${part(dagId)}/runs/${part(runId)}` }, '← ' + runId)), h('h1', {}, taskId), h('p', { class: 'lead' }, badge(task.state), ` · try ${task.try_number} · ${duration(task.duration)}`),
      h('div', { class: 'actions' }, h('button', { 'data-key': 'clear', onclick: () => clear(dagId, runId, r, taskId) }, 'Do again …'),
        h('button', { onclick: () => set(base, 'success') }, 'Mark as success'), h('button', { onclick: () => set(base, 'failed') }, 'Mark as failed'), h('button', { onclick: () => set(base, 'skipped') }, 'Mark as skipped')),
      h('dl', {}, [['Does', task.operator_name], ['Arguments', JSON.stringify(task.rendered_fields)], ['Queued', time(task.queued_when)], ['Started', time(task.start_date)], ['Ended', time(task.end_date)],
        ['Host', [task.hostname || '–', task.pid ? ` (process ${task.pid})` : '']]].map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])),
      h('h2', {}, 'Log'),
      tries.length > 1 && h('div', { class: 'tabs' }, tries.map(t => h('a', {
        href: `#/dags/${part(dagId)}/runs/${part(runId)}/tasks/${part(taskId)}/${t.try_number}`, 'aria-current': t.try_number === number ? 'page' : null }, `Try ${t.try_number}: ${t.state || ''}`))),
      log],
  };
}

async function set(path, state) {
  try { await patch(path, { new_state: state }); notice(`Marked as ${state}.`); show(true); } catch (e) { notice(e.message, true); }
}

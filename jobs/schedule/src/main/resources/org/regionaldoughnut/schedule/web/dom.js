// Small builders of the page; text is always text, never markup.
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  fill(element, attributes, children);
  return element;
}

export function s(name, attributes = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  fill(element, attributes, children);
  return element;
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
}

const SIGNS = {
  success: '✓', failed: '✗', running: '▸', queued: '…', scheduled: '·', up_for_retry: '↻', upstream_failed: '↯',
  skipped: '–', removed: '×', restarting: '↻', deferred: '‖', up_for_reschedule: '↻',
};
export const sign = state => SIGNS[state] || '';
export const word = state => (state || 'not started').replaceAll('_', ' ');
export const colour = state => `var(--${state in SIGNS ? state : 'none'}, var(--queued))`;

export function badge(state) {
  const dot = h('span', { class: `dot ${state === 'running' ? 'running' : ''}`, 'aria-hidden': 'true' });
  dot.style.background = colour(state);
  return h('span', { class: 'state' }, dot, word(state));
}

const FORM = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });
export function time(value) {
  if (!value) return h('span', { class: 'muted' }, '–');
  return h('time', { datetime: value, title: value }, FORM.format(new Date(value)) + ' UTC');
}

export function duration(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  if (seconds < 60) return `${Math.round(seconds * 10) / 10} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${Math.round(seconds % 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function table(caption, heads, rows, empty) {
  if (!rows.length) return h('p', { class: 'muted' }, empty);
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    h('table', {},
      h('thead', {}, h('tr', {}, heads.map(head => h('th', { scope: 'col' }, head)))),
      h('tbody', {}, rows.map(row => h('tr', {}, row.map(cell => h('td', {}, cell)))))));
}

export function notice(text, isError = false) {
  const place = document.getElementById('notice');
  place.textContent = text;
  place.setAttribute('role', isError ? 'alert' : 'status');
  clearTimeout(notice.timer);
  notice.timer = setTimeout(() => { place.textContent = ''; }, isError ? 12000 : 5000);
}

/** A dialog with a form; `send` gets the form's values and may throw to keep it open. */
export function ask(title, fields, action, send, { danger = false, look } = {}) {
  const dialog = document.getElementById('dialog');
  const error = h('p', { class: 'error', role: 'alert' });
  const preview = h('div', { 'aria-live': 'polite' });
  const form = h('form', {
    method: 'dialog',
    onsubmit: async event => {
      event.preventDefault();
      error.textContent = '';
      try {
        await send(new FormData(form));
        dialog.close();
      } catch (e) {
        error.textContent = e.message;
      }
    },
  },
  h('h2', { id: 'dialog-title' }, title), fields, preview, error,
  h('div', { class: 'actions' },
    h('button', { class: danger ? 'danger' : 'main', type: 'submit' }, action),
    look && h('button', {
      type: 'button',
      onclick: async () => {
        error.textContent = '';
        try { preview.replaceChildren(...[await look(new FormData(form))].flat()); } catch (e) { error.textContent = e.message; }
      },
    }, 'Show what it would do'),
    h('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel')));
  dialog.replaceChildren(form);
  dialog.showModal();
}

export function field(label, name, attributes = {}) {
  return [h('label', { for: 'f-' + name }, label), h('input', { id: 'f-' + name, name, type: 'text', ...attributes })];
}

export function tick(label, name, checked = false) {
  return h('label', { class: 'line' }, h('input', { type: 'checkbox', name, checked }), label);
}

// Which page is shown: the part of the address after #.
import { session } from './api.js';
import { h, notice } from './dom.js';
import { pipelines, pipeline } from './pipelines.js';
import { runs, run, taskLog } from './runs.js';
import { pools, assets, audit } from './lists.js';

const main = document.getElementById('main');
let refresh = null;

const ROUTES = [
  [/^\/$/, pipelines],
  [/^\/dags\/([^/]+)(?:\/(grid|graph|backfills|details))?$/, pipeline],
  [/^\/dags\/([^/]+)\/runs\/([^/]+)$/, run],
  [/^\/dags\/([^/]+)\/runs\/([^/]+)\/tasks\/([^/]+)(?:\/(\d+))?$/, taskLog],
  [/^\/runs$/, runs],
  [/^\/pools$/, pools],
  [/^\/assets$/, assets],
  [/^\/audit$/, audit],
];

/** Shows the page of the address anew; `again` keeps the reader's place. */
export async function show(again = false) {
  clearTimeout(refresh);
  who();
  if (!session.token) return login();
  const [path] = (location.hash.slice(1) || '/').split('?');
  document.querySelectorAll('nav a').forEach(a => {
    const own = a.getAttribute('href').slice(1);
    if (own === path || (own === '/' && path.startsWith('/dags'))) a.setAttribute('aria-current', 'page');
    else a.removeAttribute('aria-current');
  });
  for (const [pattern, page] of ROUTES) {
    const match = pattern.exec(path);
    if (!match) continue;
    try {
      const { title, content, every } = await page(...match.slice(1).map(w => w && decodeURIComponent(w)));
      if ((location.hash.slice(1) || '/').split('?')[0] !== path) return undefined;
      document.title = `${title} · Regional Doughnut`;
      replace(content, again);
      if (every) refresh = setTimeout(() => (document.getElementById('dialog').open || !document.hasFocus() && document.hidden ? later(every) : show(true)), every);
    } catch (e) {
      if (e.status === 401) { session.end(); return show(); }
      replace([h('h1', {}, 'This cannot be shown'), h('p', { class: 'error' }, e.message)], again);
      refresh = setTimeout(() => show(true), 5000);
    }
    return undefined;
  }
  replace([h('h1', {}, 'There is no such page'), h('p', {}, h('a', { href: '#/' }, 'To the pipelines'))], again);
  return undefined;
}

function later(every) { refresh = setTimeout(() => show(true), every); }

/** New content; where only figures change, focus and scrolling stay with what has the same key. */
function replace(content, again) {
  const focused = again ? document.activeElement?.getAttribute('data-key') : null;
  const scrolled = [...main.querySelectorAll('[data-scroll]')].map(e => [e.dataset.scroll, e.scrollTop, e.scrollLeft]);
  main.replaceChildren(...[content].flat(Infinity).filter(part => part));
  if (again) {
    for (const [key, top, left] of scrolled) {
      const place = main.querySelector(`[data-scroll="${CSS.escape(key)}"]`);
      if (place) { place.scrollTop = top; place.scrollLeft = left; }
    }
    if (focused) main.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  } else {
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

function who() {
  const place = document.getElementById('who');
  place.replaceChildren(...(session.token
    ? [h('span', {}, session.user), h('button', { onclick: () => { session.end(); show(); } }, 'Sign out')] : []));
}

function login() {
  const error = h('p', { class: 'error', role: 'alert' });
  const form = h('form', {
    class: 'login',
    onsubmit: async event => {
      event.preventDefault();
      const data = new FormData(form);
      try {
        await session.begin(data.get('username'), data.get('password'));
        notice('');
        show();
      } catch (e) {
        error.textContent = e.status === 401 ? 'Name or password is wrong.' : e.message;
      }
    },
  },
  h('h1', {}, 'Sign in'),
  h('label', { for: 'username' }, 'Name'), h('input', { id: 'username', name: 'username', type: 'text', autocomplete: 'username', required: true }),
  h('label', { for: 'password' }, 'Password'), h('input', { id: 'password', name: 'password', type: 'password', autocomplete: 'current-password', required: true }),
  error, h('button', { class: 'main' }, 'Sign in'));
  document.title = 'Sign in · Regional Doughnut';
  main.replaceChildren(form);
  form.querySelector('input').focus();
}

window.addEventListener('hashchange', () => show());
show();

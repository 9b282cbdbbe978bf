// The scheduler's REST API, with the token of the log-in.
const KEY = 'doughnut-token';

export class ApiError extends Error {
  constructor(status, detail) {
    super(typeof detail === 'string' ? detail : (detail || []).map(d => `${d.loc.join('.')}: ${d.msg}`).join('; '));
    this.status = status;
  }
}

export const session = {
  get token() { return sessionStorage.getItem(KEY); },
  get user() { return sessionStorage.getItem(KEY + '-user') || ''; },
  end() { sessionStorage.removeItem(KEY); sessionStorage.removeItem(KEY + '-user'); },
  async begin(username, password) {
    const answer = await send('POST', '/auth/token', { username, password }, false);
    sessionStorage.setItem(KEY, answer.access_token);
    sessionStorage.setItem(KEY + '-user', username);
  },
};

async function send(method, path, body, withToken = true) {
  const headers = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (withToken && session.token) headers.Authorization = 'Bearer ' + session.token;
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (e) {
    throw new ApiError(0, 'The scheduler does not answer. Is it running?');
  }
  const text = await answer.text();
  let json = null;
  try { json = text ? JSON.parse(text) : null; } catch (e) { /* told by its status */ }
  if (!answer.ok) throw new ApiError(answer.status, json?.detail ?? answer.statusText);
  return json;
}

export const part = value => encodeURIComponent(value);
export const get = path => send('GET', '/api/v2' + path);
export const ui = path => send('GET', '/ui' + path);
export const post = (path, body) => send('POST', '/api/v2' + path, body);
export const patch = (path, body) => send('PATCH', '/api/v2' + path, body);
export const remove = path => send('DELETE', '/api/v2' + path);

/** All pages of a collection, up to so many entries. */
export async function all(path, plural, most = 1000) {
  const entries = [];
  for (;;) {
    const sign = path.includes('?') ? '&' : '?';
    const page = await get(`${path}${sign}limit=100&offset=${entries.length}`);
    entries.push(...page[plural]);
    if (!page[plural].length || entries.length >= Math.min(page.total_entries, most)) return entries;
  }
}

/**
 * The dashboard's only script. Everything works without it. With it, an action keeps scroll position, focus and open
 * parts, and the page follows the server.
 */
export const DASHBOARD_SCRIPT: string = `
'use strict';
// The server may be below a path.
const root = new URL('.', document.currentScript.src).pathname;
const main = document.querySelector('main');
const live = document.querySelector('#live');
let source = null;
let isActing = false;

// A page that came of a POST must not send it again when it is reloaded.
history.replaceState(null, '', root + location.search + location.hash);
connect();
document.addEventListener('visibilitychange', () => (document.hidden ? disconnect() : connect()));

document.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  const fields = new URLSearchParams(new FormData(form));
  if (isGet(form)) {
    for (const [name, value] of [...fields]) if (value === '') fields.delete(name);
    const kept = new URLSearchParams(location.search);
    for (const { name } of form.elements) kept.delete(name);
    void go(root + '?' + new URLSearchParams([...kept, ...fields]) + location.hash);
  } else if (!isActing) {
    // One at a time: of two new secrets only the last is valid.
    isActing = true;
    void act(form, fields).finally(() => { isActing = false; });
  }
});

document.addEventListener('change', (event) => {
  const { form } = event.target;
  if (form && isGet(form)) form.requestSubmit();
});

document.addEventListener('click', (event) => {
  const link = event.target.closest('main a');
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  void go(link.href);
});

async function act(form, fields) {
  const title = form.closest('section').querySelector('h2');
  const response = await show(form.getAttribute('action'), { method: 'POST', body: fields });
  if (response === null) return;
  if (response.ok) {
    form.reset();
    form.closest('.add')?.removeAttribute('open');
    document.querySelector(':popover-open')?.hidePopover();
  }
  const notice = main.querySelector('.notice');
  if (notice) notice.focus();
  else if (document.activeElement === document.body) title.focus({ preventScroll: true });
}

/** Shows another view of the page, where it is. */
async function go(url) {
  if ((await show(url)) === null) return;
  history.replaceState(null, '', url);
  connect();
}

async function show(url, init) {
  try {
    const response = await fetch(url, init);
    const next = parse(await response.text()).querySelector('main');
    if (next === null) throw new Error('This is not the dashboard.');
    morph(main, next);
    return response;
  } catch {
    showState('lost', 'not connected');
    return null;
  }
}

function connect() {
  disconnect();
  source = new EventSource(root + 'live' + location.search);
  source.addEventListener('open', () => showState('live', 'live'));
  source.addEventListener('error', () => showState('lost', 'not connected'));
  source.addEventListener('section', ({ data }) => {
    const { id, html } = JSON.parse(data);
    const body = document.getElementById(id + '-body');
    if (body) morph(body, parse(html).body.firstElementChild);
  });
}

function showState(state, text) {
  live.dataset.state = state;
  live.textContent = text;
}

function disconnect() {
  source?.close();
}

function isGet(form) {
  return form.getAttribute('method') === 'get';
}

function parse(html) {
  return new DOMParser().parseFromString(html, 'text/html');
}

/** Makes one node like another and leaves alone what is alike: focus, scrolling and what was typed stay. */
function morph(from, to) {
  if (from.isEqualNode(to)) return;
  if (from.nodeName !== to.nodeName) return void from.replaceWith(to);
  if (from.nodeType !== Node.ELEMENT_NODE) return void (from.nodeValue = to.nodeValue);
  for (const { name } of [...from.attributes])
    if (name !== 'open' && !to.hasAttribute(name)) from.removeAttribute(name);
  for (const { name, value } of to.attributes)
    if (from.getAttribute(name) !== value) from.setAttribute(name, value);

  const wanted = [...to.childNodes];
  const wantedKeys = new Set(wanted.map(keyOf));
  for (const child of [...from.childNodes])
    if (keyOf(child) !== '' && !wantedKeys.has(keyOf(child))) child.remove();
  const kept = new Map([...from.children].map((child) => [keyOf(child), child]));
  let here = from.firstChild;
  for (const child of wanted) {
    const key = keyOf(child);
    const match = key === '' ? (here !== null && keyOf(here) === '' ? here : null) : kept.get(key);
    if (!match) {
      from.insertBefore(child, here);
      continue;
    }
    if (match === here) here = here.nextSibling;
    else from.insertBefore(match, here);
    morph(match, child);
  }
  while (here !== null) {
    const next = here.nextSibling;
    here.remove();
    here = next;
  }
}

function keyOf(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return '';
  // By attribute: a form with a field named "id" has that field as its property.
  return node.getAttribute('data-key') ?? node.getAttribute('id') ?? '';
}
`;

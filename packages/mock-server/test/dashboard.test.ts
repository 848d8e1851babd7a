import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ControlError } from '../src/control/control-error.js';
import {
  AUTHORIZATION_RESPONSE_FAULTS,
  ID_TOKEN_FAULTS,
  TOKEN_ANSWER_FAULTS,
} from '../src/control/fault-names.js';
import type { FaultOptions } from '../src/control/fault-options.js';
import { readFault } from '../src/dashboard/fault-form.js';
import { describeOffset } from '../src/dashboard/sections/clock.js';
import { LISTS, readView, viewQuery } from '../src/dashboard/view.js';
import { createMockServer, type MockServer } from '../src/index.js';

const BASE = 'http://localhost';

function createServer(): MockServer {
  return createMockServer({ hasControlPlane: true, onWarning: () => undefined });
}

async function dashboard(server: MockServer, query = '', init?: RequestInit): Promise<string> {
  return (await server.fetch(`${BASE}/mock/${query}`, init)).text();
}

function act(server: MockServer, path: string, fields: Record<string, string> = {}) {
  return server.fetch(`${BASE}/mock/actions/${path}`, {
    method: 'POST',
    headers: { origin: BASE, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(fields),
  });
}

/** The text of one section, without the page around it. */
function section(page: string, id: string): string {
  return page.slice(page.indexOf(`<section id="${id}"`)).split('</section>')[0] ?? '';
}

function rows(page: string, id: string): number {
  return section(page, id).split('<tr role="row" data-key=').length - 1;
}

function secretIn(page: string): string | undefined {
  return /<code class="secret">([^<]+)</.exec(page)?.[1];
}

describe('a new secret', () => {
  test('a new secret is only in the response to the request that rotated it', async () => {
    const server = createServer();
    server.control.clients.add({ clientId: 'backend', type: 'management', clientSecret: 'old' });
    const response = await act(server, 'rotate-secret', { clientId: 'backend' });
    const secret = secretIn(await response.text());
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await dashboard(server)).not.toContain(secret);
  });

  test('a new secret is not lost to an earlier navigation from another site', async () => {
    const server = createServer();
    server.control.clients.add({ clientId: 'backend', type: 'management', clientSecret: 'old' });
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    const [response, foreign] = await Promise.all([
      act(server, 'rotate-secret', { clientId: 'backend' }),
      dashboard(server, '', { headers }),
    ]);
    const secret = secretIn(await response.text());
    expect([typeof secret, secretIn(foreign)]).toEqual(['string', undefined]);
  });

  test('a new secret is not shown to the client that rotates another one', async () => {
    const server = createServer();
    for (const clientId of ['one', 'two'])
      server.control.clients.add({ clientId, type: 'management', clientSecret: 'old' });
    const [one = '', two = ''] = await Promise.all(
      ['one', 'two'].map(async (clientId) =>
        (await act(server, 'rotate-secret', { clientId })).text(),
      ),
    );
    expect(one).toContain('The new secret of one.');
    expect(two).toContain('The new secret of two.');
    expect(two).not.toContain(secretIn(one));
  });

  test.each([
    ['management', true],
    ['web', true],
    ['native', false],
    ['spa', false],
  ])('creating a %s application shows a secret: %s', async (type, hasSecret) => {
    const server = createServer();
    const page = await (await act(server, 'create-client', { name: 'My App', type })).text();
    expect(server.control.clients.get('my-app').type).toBe(type);
    expect(secretIn(page) !== undefined).toBe(hasSecret);
  });
});

test('a GET of an action does nothing and redirects to the dashboard', async () => {
  const server = createServer();
  const response = await server.fetch(`${BASE}/mock/actions/reset?tokens=100`);
  expect([response.status, response.headers.get('location')]).toEqual([303, '/mock/?tokens=100']);
});

test('an action redirects to its section in the same view', async () => {
  const response = await act(createServer(), 'block-user?tokens=100&failed=1', { id: 'ada' });
  expect([response.status, response.headers.get('location')]).toEqual([
    303,
    '/mock/?tokens=100&failed=1#users',
  ]);
});

test.each([
  ['create-client', { name: 'Publisher Web' }, 'applications', 'There is an application'],
  ['create-client', { name: '!' }, 'applications', 'needs a name'],
  ['add-user', { firstName: 'Ada' }, 'users', 'There is a user ada already'],
  ['add-user', { firstName: 'Kim', email: 'kim' }, 'users', 'email: must be an e-mail address'],
  ['add-fault', {}, 'faults', 'nothing that goes wrong'],
  ['add-fault', { headers: 'retry-after 5', status: '503' }, 'faults', 'name: value'],
  ['advance', { seconds: '1e300' }, 'clock', 'clock'],
])('the error of %s with %j is shown in its section', async (action, fields, id, message) => {
  const response = await act(createServer(), action, fields);
  const page = await response.text();
  expect(response.status).toBe(422);
  expect(section(page, id)).toContain('role="alert"');
  expect(section(page, id)).toContain(message);
});

test('a user is added from the form', async () => {
  const server = createServer();
  await act(server, 'add-user', {
    firstName: 'Joan',
    lastName: 'Clarke',
    email: '',
    id: '',
    locale: 'en-GB',
    organizations: 'org_a, org_b',
    permissions: '',
  });
  expect(server.control.users.get('joan')).toMatchObject({
    name: 'Joan Clarke',
    email: 'joan@example.com',
    emailVerified: false,
    locale: 'en-GB',
    organizations: ['org_a', 'org_b'],
  });
});

describe('the form of faults', () => {
  /** The fields of the form for each part of a fault; a new part does not compile without one. */
  const FIELDS: Record<
    keyof FaultOptions,
    readonly [fields: Record<string, string>, fault: FaultOptions][]
  > = {
    endpoint: [
      [
        { endpoint: 'jwks', status: '500' },
        { endpoint: 'jwks', status: 500 },
      ],
    ],
    grant: [
      [
        { grant: 'refresh_token', status: '500' },
        { grant: 'refresh_token', status: 500 },
      ],
    ],
    clientId: [
      [
        { clientId: 'app', status: '500' },
        { clientId: 'app', status: 500 },
      ],
    ],
    user: [
      [
        { user: 'ada', status: '500' },
        { user: 'ada', status: 500 },
      ],
    ],
    sessionId: [
      [
        { sessionId: 'ses_1', status: '500' },
        { sessionId: 'ses_1', status: 500 },
      ],
    ],
    method: [
      [
        { method: 'GET', status: '500' },
        { method: 'GET', status: 500 },
      ],
    ],
    times: [
      [
        { times: '3', status: '500' },
        { times: 3, status: 500 },
      ],
      [
        { times: '1', untilCleared: '1', status: '500' },
        { times: 'until-cleared', status: 500 },
      ],
    ],
    delayMs: [[{ delayMs: '250' }, { delayMs: 250 }]],
    status: [[{ status: '503' }, { status: 503 }]],
    body: [
      [
        { status: '400', body: '{"error":"x"}' },
        { status: 400, body: { error: 'x' } },
      ],
      [
        { status: '400', body: 'plain' },
        { status: 400, body: 'plain' },
      ],
    ],
    headers: [
      [
        { status: '429', headers: 'retry-after: 5\r\nx-a: b:c\r\n' },
        { status: 429, headers: { 'retry-after': '5', 'x-a': 'b:c' } },
      ],
    ],
    hang: [[{ connection: 'hang' }, { hang: true }]],
    reset: [[{ connection: 'reset' }, { reset: true }]],
    truncate: [[{ connection: 'truncate' }, { truncate: true }]],
    loseAnswer: [[{ connection: 'loseAnswer' }, { loseAnswer: true }]],
    idToken: ID_TOKEN_FAULTS.map((idToken) => [{ idToken }, { idToken }]),
    tokenAnswer: TOKEN_ANSWER_FAULTS.map((tokenAnswer) => [{ tokenAnswer }, { tokenAnswer }]),
    authorizationResponse: AUTHORIZATION_RESPONSE_FAULTS.map((authorizationResponse) => [
      { authorizationResponse },
      { authorizationResponse },
    ]),
    discoveryIssuer: [[{ discoveryIssuer: 'https://x/' }, { discoveryIssuer: 'https://x/' }]],
    userinfoSub: [[{ userinfoSub: 'other' }, { userinfoSub: 'other' }]],
  };

  test.each(Object.entries(FIELDS))(
    'the fault form plans what the schema accepts: %s',
    async (_, cases) => {
      for (const [fields, fault] of cases) {
        const byForm = createServer();
        const byControl = createServer();
        await act(byForm, 'add-fault', { status: '', endpoint: '', times: '', ...fields });
        byControl.control.faults.add(fault);
        expect(byForm.control.faults.list()).toEqual(byControl.control.faults.list());
      }
    },
  );

  test('the fault form has a field for every part of a fault, with every choice', async () => {
    const server = createServer();
    server.control.clients.add({ clientId: 'app' });
    const form = section(await dashboard(server), 'faults');
    for (const cases of Object.values(FIELDS)) {
      for (const [fields] of cases) {
        for (const [name, value] of Object.entries(fields)) {
          const control = new RegExp(`<(\\w+)[^>]*\\bname="${name}"[^]*?(?=</label)`).exec(form);
          expect([name, control !== null]).toEqual([name, true]);
          if (control?.[1] === 'select') expect(control[0]).toMatch(new RegExp(`\\b${value}\\b`));
        }
      }
    }
  });

  test('any submitted fault form is parsed by the schema or rejected with a message', () => {
    const names = ['endpoint', 'status', 'body', 'headers', 'times', 'connection', 'idToken'];
    const fields = fc.dictionary(
      fc.constantFrom(...names),
      fc.oneof(fc.string(), fc.constantFrom('503', 'hang', '{', 'a: b', 'jwks', 'aud-missing')),
    );
    fc.assert(
      fc.property(fields, (sent) => {
        try {
          createServer().control.faults.add(readFault(sent));
        } catch (error) {
          expect(error).toBeInstanceOf(ControlError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a long list', () => {
  test('a long list shows its newest 50 entries, and more on request', async () => {
    const server = createServer();
    for (let count = 0; count < 120; count += 1) server.control.sessions.start({ user: 'ada' });
    const newest = server.control.sessions.list().at(-1)?.id ?? '';
    const first = await dashboard(server);
    expect([rows(first, 'sessions'), section(first, 'sessions').includes(newest)]).toEqual([
      50,
      true,
    ]);
    expect(first).toContain('href="/mock/?sessions=100#sessions"');
    expect(rows(await dashboard(server, '?sessions=100'), 'sessions')).toBe(100);
    const last = section(await dashboard(server, '?sessions=150'), 'sessions');
    expect([last.split('data-key=').length - 1, last.includes('more')]).toEqual([120, false]);
  });

  test('a long list never shows more than 1,000 entries in one page', async () => {
    const server = createServer();
    for (let count = 0; count < 1100; count += 1) server.control.sessions.start({ user: 'ada' });
    expect(rows(await dashboard(server, '?sessions=999999'), 'sessions')).toBe(1000);
  });
});

describe('the log', () => {
  async function serverWithRequests(): Promise<MockServer> {
    const server = createServer();
    await server.fetch(`${BASE}/.well-known/jwks.json`);
    await server.fetch(`${BASE}/avatars/ada.svg`);
    await server.fetch(`${BASE}/favicon.ico`);
    await server.fetch(`${BASE}/nothing`);
    await server.fetch(`${BASE}/authorize?client_id=ghost&scope=openid&state=hush-hush`);
    return server;
  }

  test('the log omits images', async () => {
    const log = section(await dashboard(await serverWithRequests()), 'log');
    expect(log).toContain('/.well-known/jwks.json');
    expect(log).not.toMatch(/avatars|favicon/);
  });

  test.each([
    ['?failed=1', 2],
    ['?endpoint=jwks', 1],
    ['?find=GHOST', 1],
    ['?find=404', 1],
    ['?find=nothing&endpoint=jwks', 0],
    ['?endpoint=unknown', 3],
  ])('the log can be filtered by %s', async (query, count) => {
    expect(rows(await dashboard(await serverWithRequests(), query), 'log')).toBe(count);
  });

  test('the log marks failed requests, in words too', async () => {
    const log = section(await dashboard(await serverWithRequests(), '?endpoint=other'), 'log');
    expect(log).toMatch(/class="failed"[^]*404<span class="unseen"> failed/);
  });

  test('the log shows durations and parameters, with secrets redacted', async () => {
    const log = section(await dashboard(await serverWithRequests(), '?find=ghost'), 'log');
    expect(log).toMatch(/<dt>client_id<\/dt>\s*<dd>ghost</);
    expect(log).toMatch(/<dt>state<\/dt>\s*<dd>\[redacted\]</);
    expect(log).toMatch(/[\d.]+ ms/);
    expect(log).not.toContain('hush-hush');
  });
});

test('the page runs no inline script or style and cannot be framed', async () => {
  const response = await createServer().fetch(`${BASE}/mock/`);
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe');
  expect(await response.text()).not.toMatch(/<style|\son\w+=|\sstyle=/);
});

test('markup in a name is shown as text', async () => {
  const server = createServer();
  server.control.users.add({ id: '"><script>', firstName: '<img src=x onerror=alert(1)>' });
  const page = await dashboard(server);
  expect(page).not.toMatch(/<img|"><script>/);
});

test('a change without a request reaches the open dashboard', async () => {
  const server = createServer();
  const stream = (await server.fetch(`${BASE}/mock/live`)).body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  const readUntil = async (wanted: string): Promise<void> => {
    while (!text.includes(wanted)) text += decoder.decode((await stream?.read())?.value);
  };
  await readUntil('"id":"reset"');
  server.control.clock.advance({ days: 31 });
  server.control.sessions.start({ user: 'grace' });
  await readUntil('End<span class=\\"unseen\\"> session of grace');
  await readUntil('31 days ahead of the real time');
  await stream?.cancel();
});

test('a view survives serialization to the query, and every query parses', () => {
  const query = fc.dictionary(fc.constantFrom(...LISTS, 'find', 'endpoint', 'failed'), fc.string());
  fc.assert(
    fc.property(query, (fields) => {
      const view = readView('/mock/', new URLSearchParams(fields));
      expect(readView('/mock/', new URLSearchParams(viewQuery(view)))).toEqual(view);
      expect(Math.max(...Object.values(view.limits))).toBeLessThanOrEqual(1000);
    }),
    { numRuns: 500 },
  );
});

test.each([
  [0, 'the real time'],
  [-61_000, '1 minute 1 second behind the real time'],
  [31 * 86_400_000 + 3_600_000 + 5000, '31 days 1 hour ahead of the real time'],
])('a clock offset of %i ms is shown as "%s"', (offset, words) => {
  expect(describeOffset(offset)).toBe(words);
});

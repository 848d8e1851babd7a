import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createSesamySession, type Session, type StandardSchema } from '../src/index.js';
import { logIn, openBrowser, rejectionOf, type TestBrowser } from './browser.js';

const profileUrl = 'https://api.sesamy.com/client/v1/profile';

let server: MockServer;
let browser: TestBrowser;
let page: Session;

beforeEach(async () => {
  server = createMockServer({
    clients: [{ clientId: 'publisher-web', callbacks: ['https://app.publisher.test/'] }],
  });
  browser = openBrowser(server);
  page = await logIn(server, browser, () => createSesamySession({ clientId: 'publisher-web' }));
});

interface Reader {
  readonly id: string;
}

/** A schema as a library would make it: it picks and renames a field. */
function readerSchema(field = 'userId', isAsync = false): StandardSchema<unknown, Reader> {
  const check = (value: unknown) => {
    const id: unknown = typeof value === 'object' && value !== null && Reflect.get(value, field);
    return typeof id === 'string'
      ? { value: { id } }
      : { issues: [{ message: `Expected a string, got ${String(id)}`, path: [{ key: field }] }] };
  };
  return {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value) => (isAsync ? Promise.resolve(check(value)) : check(value)),
    },
  };
}

/** Responds to every request for the profile. */
function respond(body: unknown, init?: ResponseInit): void {
  vi.stubGlobal('fetch', async () => Response.json(body, init));
}

describe('session.fetchJson with a schema', () => {
  test('session.fetchJson resolves to what the schema returns', async () => {
    const reader = await page.fetchJson(profileUrl, { schema: readerSchema() });
    expect(reader.id).toBe('email|ada');
  });

  test('session.fetchJson waits for an asynchronous schema', async () => {
    const reader = await page.fetchJson(profileUrl, { schema: readerSchema('userId', true) });
    expect(reader).toEqual({ id: 'email|ada' });
  });

  test('session.fetchJson validates what is inside the envelope', async () => {
    respond({ data: { userId: 'email|ada' }, meta: { next: 'c2' } });
    expect(await page.fetchJson(profileUrl, { schema: readerSchema() })).toEqual({
      id: 'email|ada',
    });
  });

  test('session.fetchJson rejects a response that does not match, and names the field but not its value', async () => {
    respond({ account: 42_424_242 });
    const error = await rejectionOf(
      page.fetchJson(profileUrl, { schema: readerSchema('account') }),
    );
    expect(error).toMatchObject({
      name: 'ApiError',
      status: 200,
      code: 'schema_mismatch',
      description: expect.stringContaining('account'),
      details: { paths: ['account'] },
    });
    expect(String(error) + JSON.stringify(error)).not.toContain('42424242');
  });
});

describe('session.fetchJson with meta', () => {
  test('session.fetchJson gives status, headers and the meta of the envelope', async () => {
    respond(
      { data: [1], meta: { next: 'c2' } },
      { status: 203, headers: { 'x-request-id': 'r1' } },
    );
    const { data, status, headers, meta } = await page.fetchJson(profileUrl, { meta: true });
    expect({ data, status, meta }).toEqual({ data: [1], status: 203, meta: { next: 'c2' } });
    expect(headers.get('x-request-id')).toBe('r1');
  });

  test('session.fetchJson gives meta and the data of a schema together', async () => {
    const schema = readerSchema();
    const { data, status } = await page.fetchJson(profileUrl, { schema, meta: true });
    expect({ data, status }).toEqual({ data: { id: 'email|ada' }, status: 200 });
  });
});

describe('session.fetch with auth: optional', () => {
  function authorizationOf(path: string): string | null | undefined {
    return browser.sent.findLast(({ url }) => url.endsWith(path))?.headers.get('authorization');
  }

  test('session.fetch with auth: optional sends the credentials of a signed-in user', async () => {
    await page.fetch(profileUrl, { auth: 'optional' });
    expect(authorizationOf('/profile')).toBe(`Bearer ${await page.getAccessToken()}`);
  });

  test('session.fetch with auth: optional sends no credentials for a visitor', async () => {
    await page.logout({ local: true });
    const response = await page.fetch(profileUrl, { auth: 'optional' });
    expect(response.status).toBe(401);
    expect(authorizationOf('/profile')).toBeNull();
  });

  test('session.fetch with auth: optional sends the request without credentials if the session has ended', async () => {
    server.control.refreshTokens.revoke({ user: 'ada' });
    browser.advanceClock(4000);
    const init = { auth: 'optional', method: 'POST', body: 'vote' } as const;
    await page.fetch(`${page.apiUrl}/client/v1/votes`, init);
    const sent = browser.sent.findLast(({ url }) => url.endsWith('/votes'));
    expect(sent?.headers.get('authorization')).toBeNull();
    expect(await sent?.text()).toBe('vote');
  });

  test('session.fetch with auth: optional does not turn a network failure into an anonymous request', async () => {
    browser.advanceClock(4000);
    browser.setOnline(false);
    const error = await rejectionOf(page.fetch(profileUrl, { auth: 'optional' }));
    expect(error).toMatchObject({ code: 'network' });
  });

  test('session.fetch with auth: optional keeps to the allowed origins', async () => {
    await page.logout({ local: true });
    const error = await rejectionOf(page.fetch('https://evil.test/', { auth: 'optional' }));
    expect(error).toMatchObject({ code: 'invalid_configuration' });
  });
});

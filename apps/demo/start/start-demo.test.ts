// @vitest-environment node
import { once } from 'node:events';
import { request, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDemo } from '../start.mjs';

let demo: Awaited<ReturnType<typeof startDemo>>;

beforeAll(async () => {
  demo = await startDemo({ port: 0, mockPort: 0, backendPort: 0, isWatching: false });
}, 180_000);
afterAll(() => demo.close());

const modes = ['refresh-token', 'sso-cookie', 'token-handler', 'auto'] as const;

interface Result {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Requests a URL of any of the demo's hosts, whose names only browsers resolve. */
async function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Result> {
  const { host, port, pathname, search } = new URL(url);
  const sent = request({
    host: 'localhost',
    port,
    path: pathname + search,
    headers: { host, accept: 'text/html', ...headers },
  }).end();
  const [response] = await once(sent, 'response');
  return {
    status: response.statusCode,
    headers: response.headers,
    body: await text(response),
  };
}

async function readMeta(url: string, name: string): Promise<string | undefined> {
  const { body } = await ask(url);
  return new RegExp(`<meta name="${name}" content="([^"]*)"`).exec(body)?.[1];
}

describe('the demo', () => {
  test('the demo uses a refresh token on localhost', async () => {
    expect(await readMeta(demo.url, 'sesamy-mode')).toBe('refresh-token');
    expect(await readMeta(demo.url, 'sesamy-issuer')).toBe(demo.mockUrl);
  });

  test.each(modes)('the demo uses %s on its host, on every page', async (mode) => {
    expect(await readMeta(`${demo.urls[mode]}stories/any?query`, 'sesamy-mode')).toBe(mode);
  });

  test('the demo logs in at a same-site host with sso-cookie', async () => {
    const issuer = await readMeta(demo.urls['sso-cookie'], 'sesamy-issuer');
    expect(issuer).toBe(`http://login.tidewaiter.localhost:${new URL(demo.mockUrl).port}/`);
  });

  test('the host where the kit chooses has a token handler, and an issuer on its own site', async () => {
    const issuer = await readMeta(demo.urls.auto, 'sesamy-issuer');
    expect(issuer).toBe(`http://login.tidewaiter.localhost:${new URL(demo.mockUrl).port}/`);
    const { status, body } = await ask(`${demo.urls.auto}sesamy/auth/userinfo`);
    expect([status, JSON.parse(body)]).toEqual([200, { authenticated: false }]);
  });

  test('the demo has no issuer behind a token handler', async () => {
    const url = demo.urls['token-handler'];
    expect(await readMeta(url, 'sesamy-issuer')).toBe('');
    // Only the devtools know the mock.
    const page = (await ask(url)).body.replace(/<meta name="demo-mock-url"[^>]*>/, '');
    expect(page).not.toContain(new URL(demo.mockUrl).host);
  });

  test('the demo links its hosts to each other', async () => {
    expect(await readMeta(demo.urls['sso-cookie'], 'demo-refresh-token-url')).toBe(demo.url);
    expect(await readMeta(demo.url, 'demo-sso-cookie-url')).toBe(demo.urls['sso-cookie']);
    expect(await readMeta(demo.url, 'demo-token-handler-url')).toBe(demo.urls['token-handler']);
    expect(await readMeta(demo.url, 'demo-auto-url')).toBe(demo.urls.auto);
  });
});

describe('the paths of the token handler', () => {
  test('the token handler paths are proxied to the mock on their host', async () => {
    const profile = await ask(`${demo.urls['token-handler']}sesamy/api/client/v1/profile`);
    expect([profile.status, profile.body]).toEqual([401, expect.stringContaining('error')]);
  });

  test.each(['refresh-token', 'sso-cookie'] as const)(
    'the token handler paths do not exist on %s',
    async (mode) => {
      const { status } = await ask(`${demo.urls[mode]}sesamy/api/client/v1/profile`);
      expect(status).toBe(404);
    },
  );

  test('the token handler proxy overwrites forwarding headers from the browser', async () => {
    const url = demo.urls['token-handler'];
    const { headers } = await ask(`${url}sesamy/auth/publisher-web/login?returnTo=/account`, {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      'x-forwarded-prefix': '/evil',
    });
    const redirectUri = new URL(headers.location ?? '').searchParams.get('redirect_uri');
    expect(redirectUri).toBe(`${url}sesamy/auth/publisher-web/callback`);
  });

  test('the token handler paths have no CORS', async () => {
    const { headers } = await ask(`${demo.urls['token-handler']}sesamy/auth/userinfo`, {
      origin: new URL(demo.urls['sso-cookie']).origin,
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});

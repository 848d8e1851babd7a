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

const modes = ['refresh-token', 'sso-cookie', 'token-handler'] as const;

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Asks the demo for a URL of any of its hosts, whose names only browsers resolve. */
async function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const { host, port, pathname, search } = new URL(url);
  const asked = request({
    host: 'localhost',
    port,
    path: pathname + search,
    headers: { host, accept: 'text/html', ...headers },
  }).end();
  const [response] = await once(asked, 'response');
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
  test('keeps its session in a refresh token on localhost', async () => {
    expect(await readMeta(demo.url, 'sesamy-mode')).toBe('refresh-token');
    expect(await readMeta(demo.url, 'sesamy-issuer')).toBe(demo.mockUrl);
  });

  test.each(modes)('keeps its session by %s on the host for it, on every page', async (mode) => {
    expect(await readMeta(`${demo.urls[mode]}stories/any?query`, 'sesamy-mode')).toBe(mode);
  });

  test('logs in at a host of the same site where the session is a cookie there', async () => {
    const issuer = await readMeta(demo.urls['sso-cookie'], 'sesamy-issuer');
    expect(issuer).toBe(`http://login.tidewaiter.localhost:${new URL(demo.mockUrl).port}/`);
  });

  test('does not know where Sesamy is behind a token handler', async () => {
    const url = demo.urls['token-handler'];
    expect(await readMeta(url, 'sesamy-issuer')).toBe('');
    expect((await ask(url)).body).not.toContain(new URL(demo.mockUrl).host);
  });

  test('names its other hosts to each other', async () => {
    expect(await readMeta(demo.urls['sso-cookie'], 'demo-refresh-token-url')).toBe(demo.url);
    expect(await readMeta(demo.url, 'demo-sso-cookie-url')).toBe(demo.urls['sso-cookie']);
    expect(await readMeta(demo.url, 'demo-token-handler-url')).toBe(demo.urls['token-handler']);
  });
});

describe('the paths of the token handler', () => {
  test('lead to the mock of Sesamy on the host that has one', async () => {
    const answer = await ask(`${demo.urls['token-handler']}sesamy/api/client/v1/profile`);
    expect([answer.status, answer.body]).toEqual([401, expect.stringContaining('error')]);
  });

  test.each(['refresh-token', 'sso-cookie'] as const)('lead nowhere on %s', async (mode) => {
    const { status } = await ask(`${demo.urls[mode]}sesamy/api/client/v1/profile`);
    expect(status).toBe(404);
  });

  test('tell the mock who was asked, whatever the browser says', async () => {
    const url = demo.urls['token-handler'];
    const { headers } = await ask(`${url}sesamy/auth/publisher-web/login?returnTo=/account`, {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      'x-forwarded-prefix': '/evil',
    });
    const redirectUri = new URL(headers.location ?? '').searchParams.get('redirect_uri');
    expect(redirectUri).toBe(`${url}sesamy/auth/publisher-web/callback`);
  });

  test('are not open to pages of other origins', async () => {
    const { headers } = await ask(`${demo.urls['token-handler']}sesamy/auth/userinfo`, {
      origin: new URL(demo.urls['sso-cookie']).origin,
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});

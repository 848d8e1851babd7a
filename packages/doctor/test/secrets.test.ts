import { describe, expect, test } from 'vitest';
import { formatFindings } from '../src/cli/report.js';
import { diagnose, ISSUER, ORIGIN } from './support/world.js';

const SECRETS = ['ada@example.com', 'secret-code', 'secret-token', '\u001B[2J'];
const ALL = SECRETS.join(' ');

/** Servers that put secrets into every place that a check reads. */
const leaks: Readonly<Record<string, (request: Request) => Response>> = {
  'the body of an error': () => new Response(ALL, { status: 400 }),
  'an error in JSON': () =>
    Response.json({ error: 'secret-token', error_description: ALL, message: ALL }, { status: 400 }),
  'a redirect back': () =>
    redirect(`${ORIGIN}/?${new URLSearchParams({ error: ALL, code: 'secret-code' })}`),
  'a redirect elsewhere': () =>
    redirect(`https://ada%40example.com:secret-token@other.test/?code=secret-code`),
  'the metadata': () =>
    Response.json({
      issuer: `${ISSUER}?${ALL}`,
      authorization_endpoint: `${ISSUER}authorize?hint=ada@example.com`,
      token_endpoint: `${ISSUER}oauth/token?key=secret-token`,
      revocation_endpoint: ALL,
      refresh_token: 'secret-token',
      authenticated: ALL,
    }),
  'the headers': () =>
    new Response('', {
      headers: {
        'access-control-allow-origin': 'https://ada@example.com secret-token',
        'access-control-allow-headers': 'secret-token',
        'cache-control': 'secret-token',
        'content-type': 'text/html; secret-token',
        'cross-origin-opener-policy': 'same-origin; report-to="secret-token"',
        'content-security-policy': 'default-src https://secret-token.test',
        date: 'secret-token',
      },
    }),
};

describe('no finding contains what a server sends', () => {
  test.each(Object.entries(leaks))(
    'no finding contains the response of the server in %s',
    async (_place, respond) => {
      for (const mode of ['refresh-token', 'sso-cookie', 'token-handler'] as const) {
        const findings = await diagnose({
          intercept: respond,
          setup: { mode, refreshToken: 'secret-token' },
        });
        const report = formatFindings(findings, false) + JSON.stringify(findings);
        for (const secret of SECRETS) expect(report).not.toContain(secret);
      }
    },
  );
});

test('the given refresh token is sent to the token endpoint only', async () => {
  const urls: string[] = [];
  await diagnose({
    setup: { refreshToken: 'secret-token' },
    intercept: async (request) => {
      if ((request.url + (await request.text())).includes('secret-token')) urls.push(request.url);
      return undefined;
    },
  });
  expect(urls).toEqual([`${ISSUER}oauth/token`]);
});

function redirect(location: string): Response {
  return new Response(null, { status: 302, headers: { location } });
}

test('the given refresh token is not sent to a token endpoint of another server', async () => {
  let isSent = false;
  await diagnose({
    setup: { refreshToken: 'secret-token' },
    intercept: async (request) => {
      isSent ||= (request.url + (await request.text())).includes('secret-token');
      return request.url.endsWith('/openid-configuration')
        ? Response.json({ issuer: ISSUER, token_endpoint: 'https://other.test/oauth/token' })
        : undefined;
    },
  });
  expect(isSent).toBe(false);
});

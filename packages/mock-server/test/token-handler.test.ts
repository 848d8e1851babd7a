import { describe, expect, test } from 'vitest';
import type { MockServer } from '../src/index.js';
import { createHandlerServer, createReader, type Reader, SITE } from './support/reader.js';
import { readJson } from './support/world.js';

const CSRF = { 'x-sesamy-csrf': '1' };

async function signedIn(): Promise<{ server: MockServer; reader: Reader }> {
  const server = createHandlerServer();
  const reader = createReader(server);
  await reader.logIn();
  return { server, reader };
}

describe('a login', () => {
  test('leads to the issuer and back to where it began', async () => {
    const reader = createReader(createHandlerServer());
    const back = await reader.logIn({ query: '?returnTo=/stories/7?a=b' });
    expect([back.status, back.headers.get('location')]).toEqual([302, `${SITE}/stories/7?a=b`]);
  });

  test('asks the issuer for a code with PKCE, state, nonce and a refresh token', async () => {
    const reader = createReader(createHandlerServer());
    const login = await reader.navigate('/sesamy/auth/publisher-web/login', SITE);
    const url = new URL(login.headers.get('location') ?? '');
    expect(url.origin + url.pathname).toBe('https://token.sesamy.com/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'publisher-web',
      redirect_uri: `${SITE}/sesamy/auth/publisher-web/callback`,
      response_type: 'code',
      scope: 'openid profile email offline_access',
      state: expect.stringMatching(/^[\w-]{32}$/),
      nonce: expect.stringMatching(/^[\w-]{32}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
  });

  test('leaves an encrypted session and a hint behind, and nothing of the login', async () => {
    const reader = createReader(createHandlerServer());
    const back = await reader.logIn();
    const set = back.headers.getSetCookie().map((each) => each.replace(/=eyJ[^;]+/, '=…'));
    expect(set.slice(1)).toEqual([
      'at=…; Path=/; Max-Age=3600; HttpOnly; Secure; SameSite=Lax',
      '__Host-rt=…; Path=/; Max-Age=259200; HttpOnly; Secure; SameSite=Strict',
      'sesamy_is_authenticated=true; Path=/; Max-Age=259200; Secure; SameSite=Lax',
    ]);
    expect(Object.keys(await reader.cookies()).sort()).toEqual([
      '__Host-rt',
      'at',
      'sesamy_is_authenticated',
    ]);
  });
});

describe('userinfo', () => {
  test('tells that nobody is signed in', async () => {
    const reader = createReader(createHandlerServer());
    const answer = await reader.fetch('/sesamy/auth/userinfo');
    expect([answer.status, answer.headers.get('cache-control'), await readJson(answer)]).toEqual([
      200,
      'no-store',
      { authenticated: false },
    ]);
  });

  test('tells who is signed in', async () => {
    const { reader } = await signedIn();
    const answer = await reader.fetch('/sesamy/auth/userinfo');
    expect(await readJson(answer)).toMatchObject({
      authenticated: true,
      sub: 'email|ada',
      name: 'Ada Lovelace',
      email: 'ada@example.com',
    });
  });

  test('refreshes inside when the access token is over', async () => {
    const { server, reader } = await signedIn();
    server.control.clock.advance({ hours: 2 });
    const answer = await reader.fetch('/sesamy/auth/userinfo');
    expect(await readJson(answer)).toMatchObject({ authenticated: true, sub: 'email|ada' });
    expect(server.control.requests.count({ grant: 'refresh_token' })).toBe(1);
  });
});

describe('the API', () => {
  test('takes the cookies for a bearer token', async () => {
    const { reader } = await signedIn();
    const answer = await reader.fetch('/sesamy/api/client/v1/profile');
    expect(await readJson(answer)).toMatchObject({ userId: 'email|ada', firstName: 'Ada' });
  });

  test('changes the profile for a page of the site', async () => {
    const { reader } = await signedIn();
    const answer = await reader.fetch('/sesamy/api/client/v1/profile', {
      method: 'PATCH',
      headers: { ...CSRF, 'content-type': 'application/json' },
      body: JSON.stringify({ firstName: 'Augusta' }),
    });
    expect(await readJson(answer)).toMatchObject({ firstName: 'Augusta' });
  });

  test('says that the session is over, and clears its cookies', async () => {
    const { server, reader } = await signedIn();
    server.control.refreshTokens.revoke({ user: 'ada' });
    server.control.clock.advance({ hours: 2 });
    const answer = await reader.fetch('/sesamy/api/client/v1/profile');
    expect([answer.status, await readJson(answer)]).toEqual([401, { error: 'session_expired' }]);
    expect(await reader.cookies()).toEqual({});
  });

  test('renews the tokens once for requests that come together', async () => {
    const { server, reader } = await signedIn();
    server.control.clock.advance({ hours: 2 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => reader.fetch('/sesamy/api/client/v1/profile')),
    );
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(server.control.requests.count({ grant: 'refresh_token' })).toBe(1);
  });
});

describe('a logout', () => {
  test('by a script revokes the refresh token and clears all cookies', async () => {
    const { server, reader } = await signedIn();
    const answer = await reader.fetch('/sesamy/auth/logout', { method: 'POST', headers: CSRF });
    expect([answer.status, await reader.cookies()]).toEqual([204, {}]);
    expect(server.control.refreshTokens.list()[0]?.revokedBecause).toBe('the client revoked it');
  });

  test('by a link also ends the single sign-on session, and returns', async () => {
    const { server, reader } = await signedIn();
    const first = await reader.navigate('/sesamy/auth/logout?returnTo=/bye?x=1', SITE);
    const issuer = await reader.navigate(first.headers.get('location') ?? '', SITE);
    expect([issuer.status, issuer.headers.get('location')]).toEqual([302, `${SITE}/bye?x=1`]);
    expect(await reader.cookies()).toEqual({});
    expect(server.control.sessions.list()[0]?.endedAt).not.toBeNull();
    expect(server.control.refreshTokens.list()[0]?.revokedAt).not.toBeNull();
  });
});

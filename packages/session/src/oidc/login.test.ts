import { array, assert, asyncProperty, constantFrom, oneof, string, tuple } from 'fast-check';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LoginOptions } from '../login/login-options.js';
import { authorizationError } from '../login/authorization-error.js';
import type { LoginResult } from '../login/login-request.js';
import { isAuthError } from '../errors.js';
import { toAuthorizationParams } from '../login/login-params.js';
import type { SessionConfig } from '../options.js';
import { resolveOptions } from '../options/resolve-options.js';
import { openRecordStore } from '../storage/records.js';
import type { TokenRecord } from '../tokens/token-record.js';
import { beginLogin, redeemAuthorizationResponse } from './login.js';
import { openTransactions } from '../login/transactions.js';
import { findReturnTo } from '../login/return-to.js';

const config = resolveOptions({
  clientId: 'publisher-web',
  issuer: 'https://login.publisher.test',
});
const redirectUri = `${location.origin}/`;
const tag = 'sesamy-kit:publisher-web';

let sent: { url: string; form: Record<string, string> }[] = [];
let written: TokenRecord[] = [];
let nonce: string | null = null;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function issueIdToken(): string {
  const iat = Math.floor(Date.now() / 1000);
  const { issuer: iss, clientId: aud } = config;
  return `${encode({ alg: 'RS256' })}.${encode({ iss, aud, sub: 'a', nonce, iat, exp: iat + 60 })}.c2ln`;
}

beforeEach(() => {
  [sent, written] = [[], []];
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('fetch', async (url: string, { body }: { body: URLSearchParams }) => {
    sent.push({ url, form: Object.fromEntries(body) });
    return Response.json({ access_token: 'at', token_type: 'Bearer', id_token: issueIdToken() });
  });
});
afterEach(() => vi.unstubAllGlobals());

async function begin(options: LoginOptions = {}, from: SessionConfig = config): Promise<URL> {
  const begun = await beginLogin(from, openTransactions(from.key, openRecordStore), {
    params: toAuthorizationParams(options, from.key),
    maxAgeSeconds: options.maxAgeSeconds,
    returnTo: findReturnTo(options.returnTo, from.key),
    tag,
  });
  const url = new URL(begun.url);
  nonce = url.searchParams.get('nonce');
  return url;
}

const callbackOf = (authorize: URL, params: Record<string, string> = { code: 'c' }): URL => {
  const state = authorize.searchParams.get('state') ?? '';
  return new URL(`${redirectUri}?${new URLSearchParams({ state, ...params }).toString()}`);
};

const redeem = (url: URL): Promise<LoginResult> =>
  redeemAuthorizationResponse(config, url, {
    logins: openTransactions(config.key, openRecordStore),
    write: async (record) => void written.push(record),
    revoke() {},
    toError: authorizationError,
  });

describe('an authorization request', () => {
  test('each authorization request has a new state, nonce and challenge of at least 128 bits', async () => {
    const urls = await Promise.all(Array.from({ length: 20 }, () => begin()));
    for (const name of ['state', 'nonce', 'code_challenge']) {
      const values = urls.map(({ searchParams }) => searchParams.get(name)?.split(';')[0] ?? '');
      expect(new Set(values).size).toBe(20);
      for (const value of values) expect(value.length).toBeGreaterThanOrEqual(32);
    }
  });

  test('an authorization request contains the challenge and never the verifier', async () => {
    const authorize = await begin();
    await redeem(callbackOf(authorize));
    const verifier = sent[0]?.form['code_verifier'] ?? '';
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
    expect(authorize.searchParams.get('code_challenge')).toBe(
      Buffer.from(digest).toString('base64url'),
    );
    expect(authorize.searchParams.get('code_challenge_method')).toBe('S256');
    expect(verifier).toMatch(/^[\w.~-]{43,128}$/);
    expect(authorize.href).not.toContain(verifier);
  });

  test('an authorization request goes to the issuer, with its path', async () => {
    const tenant = resolveOptions({ clientId: 'c', issuer: 'https://login.publisher.test/t' });
    expect((await begin({}, tenant)).href).toMatch(
      /^https:\/\/login\.publisher\.test\/t\/authorize\?/,
    );
  });

  test('a login never returns to another origin', async () => {
    for (const returnTo of [
      '//evil.test',
      'https://evil.test/',
      'javascript:alert(1)',
      '/\\evil.test',
    ]) {
      expect(await redeem(callbackOf(await begin({ returnTo })))).toMatchObject({ returnTo: '/' });
    }
  });
});

describe('an authorization response', () => {
  test('a code is exchanged at the issuer with the verifier of its login', async () => {
    const outcome = await redeem(callbackOf(await begin({ returnTo: '/a?b#c' })));
    expect(outcome).toMatchObject({ returnTo: '/a?b#c', user: { sub: 'a' } });
    expect(written).toHaveLength(1);
    expect(sent).toMatchObject([
      {
        url: 'https://login.publisher.test/oauth/token',
        form: { grant_type: 'authorization_code', code: 'c', redirect_uri: redirectUri },
      },
    ]);
  });

  test('a code is exchanged once, however many tabs open it', async () => {
    const callback = callbackOf(await begin());
    const outcomes = await Promise.all([redeem(callback), redeem(callback), redeem(callback)]);
    expect(outcomes.filter(({ kind }) => kind === 'completed')).toHaveLength(1);
    expect(sent).toHaveLength(1);
  });

  test('an authorization response is not accepted for another login', async () => {
    const first = await begin();
    await begin();
    const outcome = await redeem(callbackOf(first));
    expect(outcome).toMatchObject({ error: { code: 'callback_rejected' } });
    expect(written).toEqual([]);
  });

  test.each<[string, Record<string, string>, string]>([
    ['another iss', { code: 'c', iss: 'https://evil.test/' }, 'callback_rejected'],
    [
      'an iss without its slash',
      { code: 'c', iss: 'https://login.publisher.test' },
      'callback_rejected',
    ],
    ['an empty iss', { code: 'c', iss: '' }, 'callback_rejected'],
    ['another iss on an error', { error: 'access_denied', iss: 'x' }, 'callback_rejected'],
    ['neither code nor error', {}, 'callback_rejected'],
    ['an error', { error: 'access_denied' }, 'authorization_failed'],
    ['an error and a code', { error: 'access_denied', code: 'c' }, 'authorization_failed'],
  ])(
    'an authorization response with %s is rejected before its code is exchanged',
    async (_what, params, code) => {
      expect(await redeem(callbackOf(await begin(), params))).toMatchObject({ error: { code } });
      expect([sent, written]).toEqual([[], []]);
    },
  );

  test("the server's description is not in the error message", async () => {
    const words = { error: 'No user a@b.test', error_description: 'a@b.test is unknown' };
    const outcome = await redeem(callbackOf(await begin(), words));
    expect(outcome).toMatchObject({ error: { oauthErrorDescription: words.error_description } });
    expect('error' in outcome && outcome.error.message).not.toMatch(/a@b/);
  });

  test('an authorization response is stale once it was completed, successfully or not', async () => {
    for (const params of [{ code: 'c' }, { error: 'access_denied' }]) {
      const callback = callbackOf(await begin(), params);
      expect(await redeem(callback)).not.toEqual({ kind: 'stale' });
      expect(await redeem(callback)).toEqual({ kind: 'stale' });
    }
  });

  test('an authorization response for a login of another issuer or client is rejected', async () => {
    for (const other of [
      resolveOptions({ clientId: 'other', issuer: config.issuer }),
      resolveOptions({ clientId: config.clientId, issuer: 'https://evil.test' }),
    ]) {
      const authorize = await begin({}, other);
      const [state = ''] = authorize.searchParams.get('state')?.split(';') ?? [];
      const stored = (await openTransactions(other.key, openRecordStore).find(state)) ?? '';
      await openTransactions(config.key, openRecordStore).add(state, stored);
      expect(await redeem(callbackOf(authorize))).toMatchObject({
        error: { code: 'callback_rejected' },
      });
    }
    expect(sent).toEqual([]);
  });

  test('every callback query has an outcome, and codes are sent to the issuer only', async () => {
    const names = constantFrom(
      'code',
      'error',
      'iss',
      'state',
      'error_description',
      'session_state',
    );
    const values = oneof(string(), constantFrom('__proto__', '', ';', config.issuer, 'c'));
    await assert(
      asyncProperty(
        array(tuple(names, values)),
        array(tuple(names, values)),
        async (before, after) => {
          const state = (await begin()).searchParams.get('state') ?? '';
          const query = new URLSearchParams([...before, ['state', state], ...after]);
          const outcome = await redeem(new URL(`${redirectUri}?${query.toString()}`));
          if ('error' in outcome) expect(isAuthError(outcome.error)).toBe(true);
          for (const { url } of sent) expect(url).toBe('https://login.publisher.test/oauth/token');
        },
      ),
    );
  });
});

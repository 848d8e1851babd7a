import { decodeProtectedHeader, type JSONWebKeySet } from 'jose';
import { expect } from 'vitest';
import { CHALLENGE, readJson, type Tokens, VERIFIER } from '../support/world.js';
import type { ConformanceModule } from './module.js';
import {
  paramsOf,
  CALLBACK,
  codeOf,
  locationOf,
  type Params,
  type RelyingParty,
} from './relying-party.js';

const LOGIN_PAGE = /\/u\/login\/identifier\?state=/;

/** `oidcc-basic-certification-test-plan`, in its order. */
export const BASIC_OP: readonly ConformanceModule[] = [
  {
    name: 'oidcc-server',
    behaviour:
      'code flow with `client_secret_basic`; the ID token is verified, `state` and `nonce` come back',
    run: async (rp) => {
      const response = await rp.signIn(await rp.authorize());
      expect(paramsOf(response)).toEqual({ code: expect.any(String), state: 'a-state' });
      const tokens = await readJson<Tokens>(await rp.exchange(codeOf(response)));
      expect(tokens.token_type).toBe('Bearer');
      const claims = await rp.verify(tokens.id_token);
      expect(claims['nonce']).toBe('a-nonce');
      expect((await rp.userinfo(tokens.access_token)).sub).toBe(claims.sub);
    },
  },
  {
    name: 'oidcc-response-type-missing',
    behaviour: '`invalid_request` at the callback',
    run: async (rp) => {
      const response = await rp.authorize({ response_type: null });
      expect(paramsOf(response)).toMatchObject({ error: 'invalid_request', state: 'a-state' });
    },
  },
  {
    name: 'oidcc-idtoken-signature',
    behaviour: 'RS256 with the `kid` of a published key',
    run: async (rp) => {
      const { tokens } = await rp.logIn();
      const { keys } = await readJson<JSONWebKeySet>(await rp.request('/.well-known/jwks.json'));
      const { alg, kid } = decodeProtectedHeader(tokens.id_token ?? '');
      expect(alg).toBe('RS256');
      expect(keys.map((key) => key.kid)).toContain(kid);
    },
  },
  {
    name: 'oidcc-idtoken-unsigned',
    behaviour: 'not offered: `none` is not among the signing algorithms',
    run: async (rp) => {
      const discovery = await rp.request('/.well-known/openid-configuration');
      expect(await discovery.json()).toMatchObject({
        id_token_signing_alg_values_supported: ['RS256'],
      });
    },
  },
  {
    name: 'oidcc-userinfo-get',
    behaviour: '`sub` of the ID token, by `GET` with a bearer token',
    run: async (rp) => {
      const { tokens, claims } = await rp.logIn();
      expect(await rp.userinfo(tokens.access_token)).toEqual({ sub: claims.sub });
    },
  },
  {
    name: 'oidcc-userinfo-post-header',
    behaviour: 'the same by `POST`',
    run: async (rp) => {
      const { tokens, claims } = await rp.logIn();
      const headers = { authorization: `Bearer ${tokens.access_token}` };
      const response = await rp.request('/userinfo', { method: 'POST', headers });
      expect(await response.json()).toEqual({ sub: claims.sub });
    },
  },
  {
    name: 'oidcc-userinfo-post-body',
    behaviour: 'the same with the token in the form',
    run: async (rp) => {
      const { tokens, claims } = await rp.logIn();
      const body = new URLSearchParams({ access_token: tokens.access_token });
      const response = await rp.request('/userinfo', { method: 'POST', body });
      expect(await response.json()).toEqual({ sub: claims.sub });
    },
  },
  {
    name: 'oidcc-ensure-request-without-nonce-succeeds-for-code-flow',
    behaviour: 'succeeds, and the ID token has no `nonce`',
    run: async (rp) => {
      expect((await rp.logIn({ nonce: null })).claims).not.toHaveProperty('nonce');
    },
  },
  {
    name: 'oidcc-scope-profile',
    behaviour: 'all 14 claims of the scope at `/userinfo`, of a user who has them',
    run: (rp) => expectScope(rp, 'openid profile', PROFILE),
  },
  {
    name: 'oidcc-scope-email',
    behaviour: '`email` and `email_verified` at `/userinfo`',
    run: (rp) => expectScope(rp, 'openid email', EMAIL),
  },
  {
    name: 'oidcc-scope-address',
    behaviour: '`address` at `/userinfo`',
    run: (rp) => expectScope(rp, 'openid address', ADDRESS),
  },
  {
    name: 'oidcc-scope-phone',
    behaviour: '`phone_number` and `phone_number_verified` at `/userinfo`',
    run: (rp) => expectScope(rp, 'openid phone', PHONE),
  },
  {
    name: 'oidcc-scope-all',
    behaviour: 'the claims of all scopes together',
    run: (rp) =>
      expectScope(rp, 'openid profile email address phone', {
        ...PROFILE,
        ...EMAIL,
        ...ADDRESS,
        ...PHONE,
      }),
  },
  {
    name: 'oidcc-ensure-other-scope-order-succeeds',
    behaviour: '`email openid` is `openid email`',
    run: (rp) => expectScope(rp, 'email openid', EMAIL),
  },
  {
    name: 'oidcc-display-page',
    behaviour: 'the login page',
    run: (rp) => expectLogin(rp, { display: 'page' }),
  },
  {
    name: 'oidcc-display-popup',
    behaviour: 'the login page',
    difference: 'looks the same for every `display`',
    run: (rp) => expectLogin(rp, { display: 'popup' }),
  },
  {
    name: 'oidcc-prompt-login',
    behaviour: 'the login page in spite of a session; `auth_time` is the new one',
    run: async (rp) => {
      const first = await rp.logIn();
      rp.server.control.clock.advance({ seconds: 2 });
      const page = await rp.authorize({ prompt: 'login' }, first.cookie);
      expect(locationOf(page)).toMatch(LOGIN_PAGE);
      const tokens = await readJson<Tokens>(await rp.exchange(codeOf(await rp.signIn(page))));
      const second = await rp.verify(tokens.id_token);
      expect(second.sub).toBe(first.claims.sub);
      expect(second['auth_time']).toBeGreaterThan(Number(first.claims['auth_time']));
    },
  },
  {
    name: 'oidcc-prompt-none-not-logged-in',
    behaviour: '`login_required`',
    run: async (rp) => {
      const response = await rp.authorize({ prompt: 'none' });
      expect(paramsOf(response)).toMatchObject({ error: 'login_required', state: 'a-state' });
    },
  },
  {
    name: 'oidcc-prompt-none-logged-in',
    behaviour: 'a code without a page; `sub` and `auth_time` stay',
    run: (rp) => expectSameLogin(rp, { prompt: 'none' }),
  },
  {
    name: 'oidcc-max-age-1',
    behaviour: 'the login page once the login is older; `auth_time` is the new one',
    run: async (rp) => {
      const first = await rp.logIn();
      rp.server.control.clock.advance({ seconds: 2 });
      const page = await rp.authorize({ max_age: '1' }, first.cookie);
      const tokens = await readJson<Tokens>(await rp.exchange(codeOf(await rp.signIn(page))));
      const second = await rp.verify(tokens.id_token);
      expect(second['auth_time']).toBeGreaterThan(Number(first.claims['auth_time']));
    },
  },
  {
    name: 'oidcc-max-age-10000',
    behaviour: 'a code without a page; `auth_time` stays',
    run: (rp) => expectSameLogin(rp, { max_age: '10000' }),
  },
  {
    name: 'oidcc-ensure-request-with-unknown-parameter-succeeds',
    behaviour: 'is ignored',
    run: (rp) => expectLogin(rp, { extra: 'foobar' }),
  },
  {
    name: 'oidcc-id-token-hint',
    behaviour: '`prompt=none` with the hint returns a code for the same `sub`',
    difference: 'the hint is not read, as at the engine; one of another user succeeds too',
    run: async (rp) => {
      const first = await rp.logIn();
      const params = { prompt: 'none', id_token_hint: first.tokens.id_token ?? '' };
      const second = await rp.logInSilently(params, first.cookie);
      expect(second.claims.sub).toBe(first.claims.sub);
    },
  },
  {
    name: 'oidcc-login-hint',
    behaviour: 'stands in the field of the login page',
    run: async (rp) => {
      const page = await rp.authorize({ login_hint: 'ada@example.com' });
      const shown = await (await rp.request(locationOf(page))).text();
      expect(shown).toContain('value="ada@example.com"');
    },
  },
  {
    name: 'oidcc-ui-locales',
    behaviour: 'the login page in the first supported language',
    run: async (rp) => {
      const page = await rp.authorize({ ui_locales: 'se sv' });
      expect(await (await rp.request(locationOf(page))).text()).toContain('lang="sv"');
    },
  },
  {
    name: 'oidcc-claims-locales',
    behaviour: 'succeeds',
    difference: 'claims are in one language',
    run: (rp) => expectLogin(rp, { claims_locales: 'se' }),
  },
  {
    name: 'oidcc-ensure-request-with-acr-values-succeeds',
    behaviour: '`acr` is the first requested value',
    run: async (rp) => {
      expect((await rp.logIn({ acr_values: '1 2' })).claims['acr']).toBe('1');
    },
  },
  {
    name: 'oidcc-codereuse',
    behaviour: '`invalid_grant`',
    run: async (rp) => {
      const code = codeOf(await rp.signIn(await rp.authorize()));
      await rp.exchange(code);
      const second = await rp.exchange(code);
      expect([second.status, await second.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
    },
  },
  {
    name: 'oidcc-codereuse-30seconds',
    behaviour: '`invalid_grant`, and the first access token is worthless from then on',
    run: async (rp) => {
      const code = codeOf(await rp.signIn(await rp.authorize()));
      const { access_token } = await readJson<Tokens>(await rp.exchange(code));
      rp.server.control.clock.advance({ seconds: 30 });
      expect(await (await rp.exchange(code)).json()).toMatchObject({ error: 'invalid_grant' });
      const headers = { authorization: `Bearer ${access_token}` };
      expect(await rp.request('/userinfo', { headers })).toHaveProperty('status', 401);
    },
  },
  {
    name: 'oidcc-ensure-registered-redirect-uri',
    behaviour: 'a page that says so, and no redirect',
    run: async (rp) => {
      const params = rp.authorizationParams({ redirect_uri: `${CALLBACK}/unregistered` });
      const headers = { accept: 'text/html' };
      const response = await rp.request(`/authorize?${params.toString()}`, { headers });
      expect([response.status, locationOf(response)]).toEqual([400, '']);
      expect(await response.text()).toContain('is not registered');
    },
  },
  {
    name: 'oidcc-ensure-post-request-succeeds',
    behaviour: 'the same as by `GET`',
    run: async (rp) => {
      const body = rp.authorizationParams();
      const page = await rp.request('/authorize', { method: 'POST', body });
      expect(paramsOf(await rp.signIn(page))).toHaveProperty('code');
    },
  },
  {
    name: 'oidcc-server-client-secret-post',
    behaviour: 'code flow with `client_secret_post`',
    run: async (rp) => {
      const code = codeOf(await rp.signIn(await rp.authorize()));
      const secret = { client_id: 'relying-party', client_secret: 'for-tests-only' };
      const tokens = await readJson<Tokens>(await rp.exchange(code, secret, {}));
      expect((await rp.verify(tokens.id_token)).sub).toBe('email|ada');
    },
  },
  {
    name: 'oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported',
    behaviour: '`request_uri_not_supported`',
    run: async (rp) => {
      const response = await rp.authorize({ request_uri: 'https://rp.example.com/request.jwt' });
      expect(paramsOf(response)).toMatchObject({ error: 'request_uri_not_supported' });
    },
  },
  {
    name: 'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported',
    behaviour: '`request_not_supported`',
    difference: 'signed ones too, which the engine takes: clients have no keys here',
    run: async (rp) => {
      const response = await rp.authorize({ request: unsignedRequest({ state: 'other' }) });
      expect(paramsOf(response)).toMatchObject({ error: 'request_not_supported' });
    },
  },
  {
    name: 'oidcc-claims-essential',
    behaviour: '`name` at `/userinfo` without the scope `profile`',
    difference: 'requested values are ignored',
    run: async (rp) => {
      const claims = JSON.stringify({ userinfo: { name: { essential: true } } });
      const { tokens } = await rp.logIn({ claims });
      expect(await rp.userinfo(tokens.access_token)).toEqual({
        sub: 'email|ada',
        name: 'Ada Lovelace',
      });
    },
  },
  {
    name: 'oidcc-ensure-request-object-with-redirect-uri',
    behaviour: '`request_not_supported`, at the callback outside the object',
    run: async (rp) => {
      const request = unsignedRequest({ redirect_uri: 'https://evil.example/' });
      const response = await rp.authorize({ request });
      expect(locationOf(response)).toMatch(
        new RegExp(`^${CALLBACK}\\?error=request_not_supported`),
      );
    },
  },
  {
    name: 'oidcc-refresh-token',
    behaviour: 'new tokens about the same login; refused for another client',
    difference: 'a refresh token needs the scope `offline_access`',
    run: async (rp) => {
      const { tokens, claims } = await rp.logIn({ scope: 'openid offline_access' });
      const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
      const foreign = { client_id: 'second', client_secret: 'for-tests-only' };
      const refused = await rp.exchange('', { ...refresh, ...foreign }, {});
      expect(await refused.json()).toMatchObject({ error: 'invalid_grant' });
      const renewed = await readJson<Tokens>(await rp.exchange('', refresh));
      expect(await rp.verify(renewed.id_token)).toMatchObject({
        sub: claims.sub,
        auth_time: claims['auth_time'],
      });
      expect((await rp.userinfo(renewed.access_token)).sub).toBe(claims.sub);
    },
  },
  {
    name: 'oidcc-ensure-request-with-valid-pkce-succeeds',
    behaviour: 'S256 with a confidential client; without the verifier `invalid_grant`',
    run: async (rp) => {
      const pkce = { code_challenge: CHALLENGE, code_challenge_method: 'S256' };
      const without = await rp.exchange(codeOf(await rp.signIn(await rp.authorize(pkce))));
      expect(await without.json()).toMatchObject({ error: 'invalid_grant' });
      const code = codeOf(await rp.signIn(await rp.authorize(pkce)));
      expect(await rp.exchange(code, { code_verifier: VERIFIER })).toHaveProperty('status', 200);
    },
  },
];

const PROFILE = {
  name: 'Ada Lovelace',
  given_name: 'Ada',
  family_name: 'Lovelace',
  middle_name: 'King',
  nickname: 'ada',
  preferred_username: 'ada',
  profile: 'https://rp.example.com/ada',
  picture: 'https://rp.example.com/ada.png',
  website: 'https://ada.example/',
  gender: 'female',
  birthdate: '1815-12-10',
  zoneinfo: 'Europe/London',
  locale: 'en-GB',
  updated_at: expect.any(Number) as number,
};
const EMAIL = { email: 'ada@example.com', email_verified: true };
const ADDRESS = {
  address: {
    street_address: '12 St James’s Square',
    postal_code: 'SW1Y 4JH',
    locality: 'London',
    country: 'GB',
  },
};
const PHONE = { phone_number: '+46700000000', phone_number_verified: true };

async function expectScope(rp: RelyingParty, scope: string, claims: object): Promise<void> {
  const { tokens } = await rp.logIn({ scope });
  expect(await rp.userinfo(tokens.access_token)).toEqual({ sub: 'email|ada', ...claims });
}

/** The login page, and a code after it. */
async function expectLogin(rp: RelyingParty, params: Params): Promise<void> {
  const page = await rp.authorize(params);
  expect(locationOf(page)).toMatch(LOGIN_PAGE);
  expect(paramsOf(await rp.signIn(page))).toHaveProperty('code');
}

/** A code without the page, for the session of the browser. */
async function expectSameLogin(rp: RelyingParty, params: Params): Promise<void> {
  const first = await rp.logIn();
  rp.server.control.clock.advance({ seconds: 2 });
  const second = await rp.logInSilently(params, first.cookie);
  const { sub, auth_time } = first.claims;
  expect(second.claims).toMatchObject({ sub, auth_time });
}

function unsignedRequest(params: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ client_id: 'relying-party', ...params })}.`;
}

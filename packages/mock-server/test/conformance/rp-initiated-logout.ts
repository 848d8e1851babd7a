import { expect } from 'vitest';
import type { ConformanceModule } from './module.js';
import {
  paramsOf,
  type Login,
  locationOf,
  type Params,
  type RelyingParty,
  SIGNED_OUT,
} from './relying-party.js';

/** `oidcc-rp-initiated-logout-certification-test-plan`, in its order. */
export const RP_INITIATED_LOGOUT: readonly ConformanceModule[] = [
  {
    name: 'oidcc-rp-initiated-logout-discovery-endpoint-verification',
    behaviour: '`end_session_endpoint` is published',
    run: async (rp) => {
      const discovery = await rp.request('/.well-known/openid-configuration');
      expect(await discovery.json()).toMatchObject({
        end_session_endpoint: 'https://token.sesamy.com/oidc/logout',
      });
    },
  },
  {
    name: 'oidcc-rp-initiated-logout',
    behaviour: 'back to the registered URI with `state`; the session is over',
    run: async (rp) => {
      const login = await rp.logIn();
      const params = { ...hintOf(login), post_logout_redirect_uri: SIGNED_OUT, state: 's' };
      const response = await rp.logout(params, login.cookie);
      expect(locationOf(response)).toBe(`${SIGNED_OUT}?state=s`);
      await expectLoggedOut(rp, login);
    },
  },
  {
    name: 'oidcc-rp-initiated-logout-bad-post-logout-redirect-uri',
    behaviour: '400, no redirect, the session stays',
    run: (rp) =>
      expectRefusal(rp, (login) => ({
        ...hintOf(login),
        post_logout_redirect_uri: `${SIGNED_OUT}/foobar`,
      })),
  },
  {
    name: 'oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri',
    behaviour: '400, no redirect, the session stays',
    run: (rp) =>
      expectRefusal(rp, (login) => ({
        ...hintOf(login),
        post_logout_redirect_uri: `${SIGNED_OUT}?foo=bar`,
      })),
  },
  {
    name: 'oidcc-rp-initiated-logout-modified-id-token-hint',
    behaviour: '400 for `alg: none`, no redirect, the session stays',
    run: (rp) =>
      expectRefusal(rp, ({ tokens }) => {
        const header = Buffer.from('{"alg":"none"}').toString('base64url');
        const payload = tokens.id_token?.split('.')[1] ?? '';
        return { id_token_hint: `${header}.${payload}.`, post_logout_redirect_uri: SIGNED_OUT };
      }),
  },
  {
    name: 'oidcc-rp-initiated-logout-bad-id-token-hint',
    behaviour: '400 for a bad signature, no redirect, the session stays',
    run: (rp) =>
      expectRefusal(rp, ({ tokens }) => ({
        id_token_hint: `${tokens.id_token?.slice(0, -8)}AAAAAAAA`,
        post_logout_redirect_uri: SIGNED_OUT,
      })),
  },
  {
    name: 'oidcc-rp-initiated-logout-no-id-token-hint',
    behaviour: '400, no redirect, the session stays',
    difference: 'with a `client_id` it redirects, as the engine does',
    run: (rp) => expectRefusal(rp, () => ({ post_logout_redirect_uri: SIGNED_OUT, state: 's' })),
  },
  {
    name: 'oidcc-rp-initiated-logout-no-params',
    behaviour: 'a page that says so; the session is over',
    difference: 'does not ask first',
    run: (rp) => expectSignedOutPage(rp, () => ({})),
  },
  {
    name: 'oidcc-rp-initiated-logout-no-post-logout-redirect-uri',
    behaviour: 'a page that says so; the session is over',
    run: (rp) => expectSignedOutPage(rp, (login) => ({ ...hintOf(login), state: 's' })),
  },
  {
    name: 'oidcc-rp-initiated-logout-no-state',
    behaviour: 'back to the registered URI without `state`; the session is over',
    run: async (rp) => {
      const login = await rp.logIn();
      const params = { ...hintOf(login), post_logout_redirect_uri: SIGNED_OUT };
      expect(locationOf(await rp.logout(params, login.cookie))).toBe(SIGNED_OUT);
      await expectLoggedOut(rp, login);
    },
  },
  {
    name: 'oidcc-rp-initiated-logout-only-state',
    behaviour: 'a page that says so; the session is over',
    difference: 'does not ask first',
    run: (rp) => expectSignedOutPage(rp, () => ({ state: 's' })),
  },
];

function hintOf({ tokens }: Login): { id_token_hint: string } {
  return { id_token_hint: tokens.id_token ?? '' };
}

async function expectLoggedOut(rp: RelyingParty, { cookie }: Login): Promise<void> {
  const response = await rp.authorize({ prompt: 'none' }, cookie);
  expect(paramsOf(response)).toMatchObject({ error: 'login_required' });
}

async function expectRefusal(rp: RelyingParty, params: (login: Login) => Params): Promise<void> {
  const login = await rp.logIn();
  const response = await rp.logout(params(login), login.cookie);
  expect([response.status, locationOf(response)]).toEqual([400, '']);
  expect(paramsOf(await rp.authorize({ prompt: 'none' }, login.cookie))).toHaveProperty('code');
}

async function expectSignedOutPage(
  rp: RelyingParty,
  params: (login: Login) => Params,
): Promise<void> {
  const login = await rp.logIn();
  const response = await rp.logout(params(login), login.cookie);
  expect([response.status, await response.text()]).toEqual([
    200,
    expect.stringContaining('You have been signed out'),
  ]);
  await expectLoggedOut(rp, login);
}

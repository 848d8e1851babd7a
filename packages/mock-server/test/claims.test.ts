import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { createWorld } from './support/world.js';

/** Ada has permissions; a user without any has no such claim. */
const SHARED = ['aud', 'exp', 'iat', 'iss', 'permissions', 'scope', 'sid', 'sub', 'tenant_id'];

test.each([
  ['documented', [...SHARED, 'azp', 'email', 'email_verified', 'vendor_id'].toSorted()],
  ['engine', SHARED],
] as const)('an access token in %s fidelity has exactly these claims', async (fidelity, names) => {
  const { access_token } = await createWorld({ fidelity }).tokens();
  expect(Object.keys(decodeJwt(access_token)).toSorted()).toEqual(names);
});

test('an ID token has exactly the claims of its scopes', async () => {
  const world = createWorld();
  const full = decodeJwt((await world.tokens()).id_token ?? '');
  const bare = decodeJwt((await world.tokens({ scope: 'openid offline_access' })).id_token ?? '');
  const common = ['aud', 'auth_time', 'exp', 'iat', 'iss', 'nonce', 'sid', 'sub'];
  const profile = [
    'family_name',
    'given_name',
    'locale',
    'name',
    'nickname',
    'picture',
    'updated_at',
  ];
  expect(Object.keys(bare).toSorted()).toEqual(common);
  expect(Object.keys(full).toSorted()).toEqual(
    [...common, ...profile, 'email', 'email_verified'].toSorted(),
  );
});

test('the requested organization and acr are in the tokens', async () => {
  const tokens = await createWorld().tokens({
    organization: 'org_analytical',
    acr_values: 'urn:loa:2 urn:loa:1',
  });
  expect(decodeJwt(tokens.id_token ?? '')).toMatchObject({
    org_id: 'org_analytical',
    acr: 'urn:loa:2',
  });
  expect(decodeJwt(tokens.access_token)).toMatchObject({ org_id: 'org_analytical' });
});

test('the nonce is returned unchanged', async () => {
  const nonce = 'YmFzZTY0IHdpdGggcGFkZGluZw==';
  const { id_token = '' } = await createWorld().tokens({ nonce });
  expect(decodeJwt(id_token)['nonce']).toBe(nonce);
});

test('an ID token of a later silent login keeps the auth_time of the login', async () => {
  const world = createWorld();
  world.server.control.clock.freeze();
  const cookie = world.cookie();
  world.server.control.clock.advance({ hours: 5 });
  const response = await world.authorize({ prompt: 'none' }, { cookie });
  const code = new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const { id_token } = (await (await world.exchange(code)).json()) as { id_token: string };
  const { auth_time, iat = 0 } = decodeJwt<{ auth_time: number }>(id_token);
  expect(iat - auth_time).toBe(5 * 3600);
});

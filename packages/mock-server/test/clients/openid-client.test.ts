import * as client from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMockServer, type MockServer } from '../../src/index.js';

const CALLBACK = 'http://127.0.0.1:5173/callback';
const insecure = { execute: [client.allowInsecureRequests] };

let server: MockServer;
let issuer: URL;

beforeAll(async () => {
  server = createMockServer({
    sendsIssParameter: true,
    clients: [
      { clientId: 'publisher-web', callbacks: [CALLBACK] },
      { clientId: 'backend', type: 'management', clientSecret: 's3cret+/=' },
    ],
  });
  issuer = new URL((await server.listen()).url);
});

afterAll(() => server.close());

test('openid-client: login, userinfo, refresh, revoke, logout', async () => {
  const config = await client.discovery(
    issuer,
    'publisher-web',
    undefined,
    client.None(),
    insecure,
  );
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  const expectedNonce = client.randomNonce();
  const authorizationUrl = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: 'openid profile email offline_access',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
  });
  const callback = await server.control.signIn({ authorizationUrl, user: 'ada' });
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
  const tokens = await client.authorizationCodeGrant(config, new URL(callback), checks);
  const userinfo = await client.fetchUserInfo(config, tokens.access_token, 'email|ada');
  expect(userinfo).toMatchObject({ sub: 'email|ada', email: 'ada@example.com' });

  const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
  expect(refreshed.refresh_token).not.toBe(tokens.refresh_token);
  await client.tokenRevocation(config, refreshed.refresh_token ?? '');
  await expect(
    client.refreshTokenGrant(config, refreshed.refresh_token ?? ''),
  ).rejects.toMatchObject({ error: 'invalid_grant' });

  const logout = client.buildEndSessionUrl(config, { post_logout_redirect_uri: CALLBACK });
  const response = await fetch(logout, { redirect: 'manual' });
  expect([response.status, response.headers.get('location')]).toEqual([302, CALLBACK]);
});

test.each([
  ['Basic', client.ClientSecretBasic('s3cret+/=')],
  ['post', client.ClientSecretPost('s3cret+/=')],
])('openid-client: client credentials by %s', async (_, authentication) => {
  const config = await client.discovery(issuer, 'backend', undefined, authentication, insecure);
  const tokens = await client.clientCredentialsGrant(config, {
    audience: 'https://api.sesamy.com',
  });
  expect(tokens.expires_in).toBe(86_400);
});

test('openid-client: an ID token of a wrong issuer is rejected', async () => {
  const config = await client.discovery(
    issuer,
    'publisher-web',
    undefined,
    client.None(),
    insecure,
  );
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const authorizationUrl = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: 'openid',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  const callback = await server.control.signIn({ authorizationUrl, user: 'ada' });
  server.control.faults.add({ idToken: 'iss-invalid' });
  await expect(
    client.authorizationCodeGrant(config, new URL(callback), { pkceCodeVerifier }),
  ).rejects.toMatchObject({ code: 'OAUTH_JWT_CLAIM_COMPARISON_FAILED' });
});

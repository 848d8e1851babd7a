import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMockServer, type IdTokenFault, type MockServer } from '../../src/index.js';

const CALLBACK = 'http://127.0.0.1:5173/callback';
const insecure = { [oauth.allowInsecureRequests]: true };
const client: oauth.Client = { client_id: 'publisher-web' };

let server: MockServer;
let as: oauth.AuthorizationServer;

beforeAll(async () => {
  server = createMockServer({
    sendsIssParameter: true,
    clients: [{ clientId: 'publisher-web', callbacks: [CALLBACK] }],
  });
  const issuer = new URL((await server.listen()).url);
  as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
});

afterAll(() => server.close());

test('oauth4webapi: login with iss, nonce and a verified signature; userinfo, refresh, revoke', async () => {
  const tokens = await logIn();
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  const userinfo = await oauth.processUserInfoResponse(
    as,
    client,
    claims?.sub ?? '',
    await oauth.userInfoRequest(as, client, tokens.access_token, insecure),
  );
  expect(userinfo.email).toBe('ada@example.com');

  const refreshed = await refresh(tokens.refresh_token ?? '');
  await oauth.processRevocationResponse(
    await oauth.revocationRequest(
      as,
      client,
      oauth.None(),
      refreshed.refresh_token ?? '',
      insecure,
    ),
  );
  await expect(refresh(refreshed.refresh_token ?? '')).rejects.toMatchObject({
    error: 'invalid_grant',
    status: 400,
  });
});

test('jose: an access token verifies against the published keys, also after a rotation', async () => {
  const keys = createRemoteJWKSet(new URL(as.jwks_uri ?? ''), { cooldownDuration: 0 });
  const check = { issuer: as.issuer, audience: 'https://api.sesamy.com', algorithms: ['RS256'] };
  const before = await jwtVerify((await logIn()).access_token, keys, check);
  server.control.keys.rotate();
  // oauth4webapi caches the keys for each server object.
  const after = await jwtVerify((await logIn({ ...as })).access_token, keys, check);
  expect([before.payload.sub, after.payload.sub]).toEqual(['email|ada', 'email|ada']);
  expect(after.protectedHeader.kid).not.toBe(before.protectedHeader.kid);
});

test.each<IdTokenFault>([
  'aud-invalid',
  'aud-missing',
  'aud-second-without-azp',
  'iss-invalid',
  'iss-missing',
  'sub-missing',
  'exp-missing',
  'exp-past',
  'iat-missing',
  'nonce-invalid',
  'nonce-missing',
  'alg-none',
  'alg-hs256-public-key',
  'alg-es256',
  'signature-other-key',
  'signature-bad-bytes',
])('oauth4webapi rejects the ID token fault %s', async (idToken) => {
  server.control.faults.add({ idToken });
  await expect(logIn()).rejects.toThrow(Error);
});

test.each(['state-missing', 'state-other', 'iss-missing', 'iss-other'] as const)(
  'oauth4webapi rejects the authorization response fault %s',
  async (authorizationResponse) => {
    const { url, state } = await authorizationRequest();
    const { cookie } = server.control.sessions.start({ user: 'ada' });
    server.control.faults.add({ authorizationResponse });
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: `${cookie.name}=${cookie.value}` },
    });
    const callback = new URL(response.headers.get('location') ?? '');
    expect(() => oauth.validateAuthResponse(as, client, callback, state)).toThrow(Error);
  },
);

async function authorizationRequest(): Promise<{
  url: URL;
  verifier: string;
  state: string;
  nonce: string;
}> {
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const nonce = oauth.generateRandomNonce();
  const url = new URL(as.authorization_endpoint ?? '');
  url.search = new URLSearchParams({
    client_id: client.client_id,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid profile email offline_access',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  }).toString();
  return { url, verifier, state, nonce };
}

async function logIn(at: oauth.AuthorizationServer = as): Promise<oauth.TokenEndpointResponse> {
  const { url, verifier, state, nonce } = await authorizationRequest();
  const callback = new URL(await server.control.signIn({ authorizationUrl: url, user: 'ada' }));
  const params = oauth.validateAuthResponse(at, client, callback, state);
  const response = await oauth.authorizationCodeGrantRequest(
    at,
    client,
    oauth.None(),
    params,
    CALLBACK,
    verifier,
    insecure,
  );
  const tokens = await oauth.processAuthorizationCodeResponse(at, client, response, {
    expectedNonce: nonce,
    requireIdToken: true,
  });
  await oauth.validateApplicationLevelSignature(at, response, insecure);
  return tokens;
}

async function refresh(refreshToken: string): Promise<oauth.TokenEndpointResponse> {
  const response = await oauth.refreshTokenGrantRequest(
    as,
    client,
    oauth.None(),
    refreshToken,
    insecure,
  );
  return oauth.processRefreshTokenResponse(as, client, response);
}

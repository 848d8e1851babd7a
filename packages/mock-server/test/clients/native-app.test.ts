import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMockServer, type MockServer } from '../../src/index.js';

const SCHEME_CALLBACK = 'com.example.news:/oauth2redirect';

let server: MockServer;
let issuer: URL;

beforeAll(async () => {
  server = createMockServer({
    clients: [
      {
        clientId: 'news-app',
        type: 'native',
        callbacks: ['http://127.0.0.1/callback', SCHEME_CALLBACK],
      },
    ],
  });
  issuer = new URL((await server.listen()).url);
});

afterAll(() => server.close());

test('openid-client logs a native app in on any free port of a loopback address', async () => {
  const app = createServer();
  const redirectUri = `http://127.0.0.1:${await listen(app)}/callback`;
  const config = await client.discovery(issuer, 'news-app', undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  });
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  const authorizationUrl = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid profile offline_access',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
  });

  const called = nextRequest(app);
  await openInBrowser(authorizationUrl);
  const callback = new URL(await called, redirectUri);
  app.close();

  const tokens = await client.authorizationCodeGrant(config, callback, {
    pkceCodeVerifier,
    expectedState,
    idTokenExpected: true,
  });
  expect(tokens.claims()?.sub).toBe('email|ada');
  const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
  await client.tokenRevocation(config, refreshed.refresh_token ?? '');
  const logout = client.buildEndSessionUrl(config, { id_token_hint: tokens.id_token ?? '' });
  expect(await fetch(logout)).toHaveProperty('status', 200);
  await expect(
    client.fetchUserInfo(config, tokens.access_token, 'email|ada'),
  ).rejects.toMatchObject({ status: 401 });
});

test('oauth4webapi logs a native app in with a private-use scheme', async () => {
  const insecure = { [oauth.allowInsecureRequests]: true };
  const app: oauth.Client = { client_id: 'news-app' };
  const as = await oauth.processDiscoveryResponse(
    issuer,
    await oauth.discoveryRequest(issuer, insecure),
  );
  const codeVerifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const authorizationUrl = new URL(as.authorization_endpoint ?? '');
  authorizationUrl.search = new URLSearchParams({
    client_id: app.client_id,
    redirect_uri: SCHEME_CALLBACK,
    response_type: 'code',
    scope: 'openid offline_access',
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    state,
  }).toString();

  const callback = new URL(await server.control.signIn({ authorizationUrl, user: 'ada' }));
  expect(callback.href).toMatch(/^com\.example\.news:\/oauth2redirect\?code=/);

  const params = oauth.validateAuthResponse(as, app, callback, state);
  const tokens = await oauth.processAuthorizationCodeResponse(
    as,
    app,
    await oauth.authorizationCodeGrantRequest(
      as,
      app,
      oauth.None(),
      params,
      SCHEME_CALLBACK,
      codeVerifier,
      insecure,
    ),
  );
  expect(oauth.getValidatedIdTokenClaims(tokens)?.sub).toBe('email|ada');
  const refreshed = await oauth.processRefreshTokenResponse(
    as,
    app,
    await oauth.refreshTokenGrantRequest(
      as,
      app,
      oauth.None(),
      tokens.refresh_token ?? '',
      insecure,
    ),
  );
  expect(refreshed.refresh_token).toBeTypeOf('string');
});

test('web_message is rejected for a private-use scheme, which has no origin to post to', async () => {
  const url = new URL('authorize', issuer);
  url.search = new URLSearchParams({
    client_id: 'news-app',
    redirect_uri: SCHEME_CALLBACK,
    response_type: 'code',
    response_mode: 'web_message',
    state: 's',
  }).toString();
  const response = await fetch(url, { redirect: 'manual' });
  expect(response.headers.get('location')).toMatch(
    /^com\.example\.news:\/oauth2redirect\?error=unsupported_response_mode&/,
  );
});

/** Signs Ada in at the login page and follows the redirect to the app, as a browser would. */
async function openInBrowser(authorizationUrl: URL): Promise<void> {
  const page = await fetch(authorizationUrl);
  const form = { method: 'POST', body: new URLSearchParams({ user: 'ada' }) };
  await fetch(page.url, form);
}

async function listen(app: Server): Promise<number> {
  app.listen(0, '127.0.0.1');
  await once(app, 'listening');
  const address = app.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

/** Path and query of the next request, which gets a page to close. */
function nextRequest(app: Server): Promise<string> {
  return new Promise((resolve) => {
    app.once('request', (request, response) => {
      response.end('Signed in. You can close this page.');
      resolve(request.url ?? '');
    });
  });
}

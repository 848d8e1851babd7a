import { createMockServer } from '@sesamy-kit/mock-server';
import type { MockServer, MockServerOptions } from '@sesamy-kit/mock-server';
import { ManagementClient } from '@sesamy-kit/server/management';
import type { ManagementClientOptions } from '@sesamy-kit/server/management';
import { clientSecret } from './client-double.js';

/** A mock of Sesamy with one Management API application, `backend`, and one single-page app. */
export function mockSesamy(options: MockServerOptions = {}): MockServer {
  return createMockServer({
    clients: [
      {
        clientId: 'backend',
        type: 'management',
        clientSecret,
        scopes: ['paywalls:read', 'domains:read', 'domains:write'],
      },
      { clientId: 'publisher-web', callbacks: ['https://app.example.com/'] },
    ],
    ...options,
  });
}

/** `fetch` that ends up at the mock, whatever host it is sent to. */
export function fetchOf(mock: MockServer): typeof globalThis.fetch {
  return (input, init) => mock.fetch(new Request(input, init));
}

/** A client of the mock. */
export function clientOfMock(
  mock: MockServer,
  options: ManagementClientOptions = {},
): ManagementClient {
  return new ManagementClient({
    clientId: 'backend',
    clientSecret,
    fetch: fetchOf(mock),
    ...options,
  });
}

/** How many requests the mock has had at its token endpoint, and at its Management API. */
export function countsOf(mock: MockServer): { token: number; management: number } {
  const count = (endpoint: 'token' | 'management'): number =>
    mock.control.requests.count({ endpoint });
  return { token: count('token'), management: count('management') };
}

/** The access token of a user of `publisher-web`, by a login with further `parameters`. */
export async function userToken(
  mock: MockServer,
  user = 'ada',
  issuer: string = mock.issuer,
  parameters: Record<string, string> = {},
): Promise<string> {
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  const authorizationUrl = new URL('authorize', issuer);
  authorizationUrl.search = new URLSearchParams({
    client_id: 'publisher-web',
    redirect_uri: 'https://app.example.com/',
    response_type: 'code',
    scope: 'openid profile email',
    state: 'state',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...parameters,
  }).toString();
  const callback = new URL(await mock.control.signIn({ authorizationUrl, user }));
  const response = await mock.fetch(
    new Request(new URL('oauth/token', issuer), {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: 'publisher-web',
        redirect_uri: 'https://app.example.com/',
        code: callback.searchParams.get('code') ?? '',
        code_verifier: verifier,
      }),
    }),
  );
  const { access_token } = (await response.json()) as { access_token: string };
  return access_token;
}

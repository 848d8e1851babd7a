import { createMockServer, type MockServer, type MockServerOptions } from '../../src/index.js';
import { CHALLENGE, VERIFIER } from './world.js';

/** A server with an application that may do everything, and requests to the Management API. */
export interface ManagementWorld {
  readonly server: MockServer;
  /** Sends a request with the application's token. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Sends a request and reads the response as JSON. */
  read(path: string, init?: RequestInit): Promise<{ status: number; body: unknown }>;
  send(method: string, path: string, body: unknown): Promise<{ status: number; body: unknown }>;
  token(params?: Record<string, string>): Promise<string>;
}

/** Creates a separate world for one test. */
export async function createManagementWorld(
  options: MockServerOptions = {},
): Promise<ManagementWorld> {
  const server = createMockServer({
    clients: [
      {
        clientId: 'backend',
        type: 'management',
        clientSecret: 'hush',
        scopes: ['paywalls:read', 'domains:read', 'domains:write'],
      },
      { clientId: 'bare', type: 'management', clientSecret: 'hush' },
      { clientId: 'publisher-web', callbacks: ['https://app.example.com/'] },
    ],
    ...options,
  });
  const token = async (params: Record<string, string> = {}): Promise<string> => {
    const request = new Request('https://token.sesamy.com/oauth/token', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'backend',
        client_secret: 'hush',
        ...params,
      }),
    });
    const { access_token } = (await (await server.fetch(request)).json()) as {
      access_token: string;
    };
    return access_token;
  };
  const mine = await token();
  const request = (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (!headers.has('authorization')) headers.set('authorization', `Bearer ${mine}`);
    return server.fetch(new Request(new URL(path, 'https://api.sesamy.com'), { ...init, headers }));
  };
  const read = async (
    path: string,
    init?: RequestInit,
  ): Promise<{ status: number; body: unknown }> => {
    const response = await request(path, init);
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
  };
  return {
    server,
    request,
    read,
    send: (method, path, body) => read(path, { method, body: JSON.stringify(body) }),
    token,
  };
}

/** The access token of a user of `publisher-web`. */
export async function userToken(server: MockServer, user: string): Promise<string> {
  const authorizationUrl = new URL('https://token.sesamy.com/authorize');
  authorizationUrl.search = new URLSearchParams({
    client_id: 'publisher-web',
    redirect_uri: 'https://app.example.com/',
    response_type: 'code',
    scope: 'openid',
    state: 'state',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
  }).toString();
  const callback = new URL(await server.control.signIn({ authorizationUrl, user }));
  const request = new Request('https://token.sesamy.com/oauth/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'publisher-web',
      redirect_uri: 'https://app.example.com/',
      code: callback.searchParams.get('code') ?? '',
      code_verifier: VERIFIER,
    }),
  });
  const { access_token } = (await (await server.fetch(request)).json()) as { access_token: string };
  return access_token;
}

import { createMockServer, type MockServer, type MockServerOptions } from '../../src/index.js';

/** Where the server's callbacks point in these tests. */
export const CALLBACK = 'https://app.example.com/callback';

/** A verifier and the S256 challenge that belongs to it (RFC 7636 appendix B). */
export const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
export const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

/** The successful token response. */
export interface Tokens {
  access_token: string;
  id_token?: string;
  refresh_token: string;
  token_type: string;
  expires_in: number;
  scope?: string;
}

/** A server with a public, a non-rotating and a confidential client, and requests to it. */
export interface World {
  readonly server: MockServer;
  send(path: string, init?: RequestInit): Promise<Response>;
  authorizeUrl(params?: Record<string, string | null>): URL;
  authorize(params?: Record<string, string | null>, headers?: HeadersInit): Promise<Response>;
  /** A callback URL, as after a login at the page. */
  callback(params?: Record<string, string | null>): Promise<URL>;
  code(params?: Record<string, string | null>): Promise<string>;
  token(params: Record<string, string>, headers?: HeadersInit): Promise<Response>;
  exchange(code: string, params?: Record<string, string>): Promise<Response>;
  refresh(refreshToken: string, params?: Record<string, string>): Promise<Response>;
  revoke(params: Record<string, string>): Promise<Response>;
  /** Tokens of a fresh login. */
  tokens(params?: Record<string, string | null>): Promise<Tokens>;
  userinfo(accessToken: string): Promise<Response>;
  /** Signs in at the page and returns the browser's cookie header. */
  cookie(user?: string): string;
}

export const ORIGIN = 'https://token.sesamy.com';

/** Creates a separate world for one test. */
export function createWorld(options: MockServerOptions = {}): World {
  const server = createMockServer({
    clients: [
      {
        clientId: 'publisher-web',
        callbacks: [CALLBACK, 'https://other.example.com/'],
        logoutUrls: ['https://app.example.com/', 'https://app.example.com/bye?x=1'],
        webOrigins: ['https://app.example.com'],
      },
      {
        clientId: 'steady',
        callbacks: [CALLBACK],
        refreshToken: { rotation: 'non-rotating', leewaySeconds: 0 },
      },
      {
        clientId: 'strict',
        callbacks: [CALLBACK],
        refreshToken: { rotation: 'rotating', leewaySeconds: 0 },
      },
      { clientId: 'backend', callbacks: [CALLBACK], clientSecret: 's3cret+/=' },
      { clientId: 'retired', callbacks: [CALLBACK], isActive: false },
    ],
    ...options,
  });
  const send = (path: string, init: RequestInit = {}): Promise<Response> =>
    server.fetch(new Request(new URL(path, ORIGIN), { redirect: 'manual', ...init }));
  const post = (
    path: string,
    params: Record<string, string>,
    headers: HeadersInit = {},
  ): Promise<Response> =>
    send(path, { method: 'POST', body: new URLSearchParams(params), headers });

  const authorizeUrl = (params: Record<string, string | null> = {}): URL => {
    const url = new URL('/authorize', ORIGIN);
    const all = {
      client_id: 'publisher-web',
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope: 'openid profile email offline_access',
      state: 'xyz',
      nonce: 'n-0S6_WzA2Mj==',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
      ...params,
    };
    for (const [name, value] of Object.entries(all))
      if (value !== null) url.searchParams.set(name, value);
    return url;
  };
  const callback = async (params: Record<string, string | null> = {}): Promise<URL> =>
    new URL(await server.control.signIn({ authorizationUrl: authorizeUrl(params), user: 'ada' }));
  const code = async (params: Record<string, string | null> = {}): Promise<string> =>
    (await callback(params)).searchParams.get('code') ?? '';
  const token = (params: Record<string, string>, headers: HeadersInit = {}): Promise<Response> =>
    post('/oauth/token', params, headers);
  const exchange = (value: string, params: Record<string, string> = {}): Promise<Response> =>
    token({
      grant_type: 'authorization_code',
      client_id: 'publisher-web',
      code: value,
      redirect_uri: CALLBACK,
      code_verifier: VERIFIER,
      ...params,
    });

  return {
    server,
    send,
    authorizeUrl,
    authorize: (params, headers = {}) => {
      const url = authorizeUrl(params);
      return send(url.href, { headers });
    },
    callback,
    code,
    token,
    exchange,
    refresh: (refreshToken, params = {}) =>
      token({
        grant_type: 'refresh_token',
        client_id: 'publisher-web',
        refresh_token: refreshToken,
        ...params,
      }),
    revoke: (params) => post('/oauth/revoke', params),
    tokens: async (params = {}) => {
      const clientId = params['client_id'] ?? 'publisher-web';
      const secret = clientId === 'backend' ? { client_secret: 's3cret+/=' } : {};
      const response = await exchange(await code(params), { client_id: clientId, ...secret });
      if (!response.ok) throw new Error(`No tokens: ${await response.text()}`);
      return readJson<Tokens>(response);
    },
    userinfo: (accessToken) =>
      send('/userinfo', { headers: { authorization: `Bearer ${accessToken}` } }),
    cookie: (user = 'ada') => {
      const { cookie } = server.control.sessions.start({ user });
      return `${cookie.name}=${cookie.value}`;
    },
  };
}

/** The body as JSON of a known shape. */
export async function readJson<T>(response: Response): Promise<T> {
  return (await response.json()) as T;
}

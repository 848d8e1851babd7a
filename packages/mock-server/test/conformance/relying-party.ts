import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import { createMockServer, type MockServer } from '../../src/index.js';
import { readJson, type Tokens } from '../support/world.js';

const OP = 'https://token.sesamy.com';
const CLIENT_ID = 'relying-party';
const SECRET = 'for-tests-only';

export const CALLBACK = 'https://rp.example.com/callback';
export const SIGNED_OUT = 'https://rp.example.com/signed-out';

/** Parameters; null leaves one of the usual ones out. */
export type Params = Readonly<Record<string, string | null>>;

/** Tokens of a login, with the relying party's state after it. */
export interface Login {
  readonly tokens: Tokens;
  readonly claims: JWTPayload;
  /** The session of the browser that logged in. */
  readonly cookie: string;
}

/** A confidential client of the server and the browser of its user, as the conformance suite has them. */
export interface RelyingParty {
  readonly server: MockServer;
  request(path: string, init?: RequestInit): Promise<Response>;
  authorizationParams(params?: Params): URLSearchParams;
  /** The authorization request of a browser, by GET. */
  authorize(params?: Params, cookie?: string): Promise<Response>;
  /** Goes through the login page that a response leads to; returns the response after it. */
  signIn(page: Response): Promise<Response>;
  exchange(code: string, params?: Params, headers?: HeadersInit): Promise<Response>;
  /** A login at the page, from the authorization request to a verified ID token. */
  logIn(params?: Params): Promise<Login>;
  /** The same with a session that the browser has, without the page. */
  logInSilently(params: Params, cookie: string): Promise<Login>;
  /** The claims of an ID token that was verified against the published keys. */
  verify(idToken: string | undefined): Promise<JWTPayload>;
  userinfo(accessToken: string): Promise<JWTPayload>;
  logout(params: Params, cookie?: string): Promise<Response>;
}

/** Creates a server whose one user has every standard claim. */
export function createRelyingParty(): RelyingParty {
  const server = createMockServer({
    clients: [
      {
        clientId: CLIENT_ID,
        clientSecret: SECRET,
        callbacks: [CALLBACK],
        logoutUrls: [SIGNED_OUT],
      },
      { clientId: 'second', clientSecret: SECRET, callbacks: [CALLBACK] },
    ],
    users: [USER],
  });
  const request: RelyingParty['request'] = (path, init = {}) =>
    server.fetch(new URL(path, OP), { redirect: 'manual', ...init });

  const authorizationParams: RelyingParty['authorizationParams'] = (params = {}) =>
    definedParams({
      client_id: CLIENT_ID,
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope: 'openid',
      state: 'a-state',
      nonce: 'a-nonce',
      ...params,
    });

  const authorize: RelyingParty['authorize'] = (params, cookie = '') =>
    request(`/authorize?${authorizationParams(params).toString()}`, { headers: { cookie } });

  const exchange: RelyingParty['exchange'] = (code, params = {}, headers) =>
    request('/oauth/token', {
      method: 'POST',
      headers: headers ?? { authorization: `Basic ${btoa(`${CLIENT_ID}:${SECRET}`)}` },
      body: definedParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: CALLBACK,
        ...params,
      }),
    });

  const verify: RelyingParty['verify'] = async (idToken = '') => {
    const jwks = await readJson<JSONWebKeySet>(await request('/.well-known/jwks.json'));
    const { payload } = await jwtVerify(idToken, createLocalJWKSet(jwks), {
      issuer: `${OP}/`,
      audience: CLIENT_ID,
      algorithms: ['RS256'],
      requiredClaims: ['sub', 'iat', 'exp'],
      currentDate: new Date(server.control.clock.now()),
    });
    return payload;
  };

  const signIn: RelyingParty['signIn'] = async (page) => {
    const body = new URLSearchParams({ user: USER.id });
    const submitted = await request(locationOf(page), { method: 'POST', body });
    return request(locationOf(submitted));
  };

  const redeem = async (response: Response, cookie: string): Promise<Login> => {
    const tokens = await readJson<Tokens>(await exchange(codeOf(response)));
    return { tokens, claims: await verify(tokens.id_token), cookie };
  };

  return {
    server,
    request,
    authorizationParams,
    authorize,
    signIn,
    exchange,
    verify,
    logIn: async (params) => {
      const response = await signIn(await authorize(params));
      return redeem(response, (response.headers.get('set-cookie') ?? '').match(SESSION)?.[0] ?? '');
    },
    logInSilently: async (params, cookie) => redeem(await authorize(params, cookie), cookie),
    userinfo: async (accessToken) =>
      readJson(await request('/userinfo', { headers: { authorization: `Bearer ${accessToken}` } })),
    logout: (params, cookie = '') =>
      request(`/oidc/logout?${definedParams(params).toString()}`, { headers: { cookie } }),
  };
}

/** Where a redirect leads; empty when it is none. */
export function locationOf(response: Response): string {
  return response.headers.get('location') ?? '';
}

/** The parameters that a redirect brings to the callback. */
export function paramsOf(response: Response): Record<string, string> {
  const url = new URL(locationOf(response));
  return Object.fromEntries(url.searchParams);
}

/** The code that a redirect brings to the callback. */
export function codeOf(response: Response): string {
  return paramsOf(response)['code'] ?? '';
}

const SESSION = /publisher-auth-token=[^;]+(?=;[^,]*Max-Age=2592000)/;

const USER = {
  id: 'ada',
  firstName: 'Ada',
  lastName: 'Lovelace',
  nickname: 'ada',
  picture: 'https://rp.example.com/ada.png',
  locale: 'en-GB',
  mobilePhone: '+46700000000',
  billingAddress: {
    street: '12 St James’s Square',
    zip: 'SW1Y 4JH',
    city: 'London',
    country: 'GB',
  },
  standardClaims: {
    middleName: 'King',
    preferredUsername: 'ada',
    profile: 'https://rp.example.com/ada',
    website: 'https://ada.example/',
    gender: 'female',
    birthdate: '1815-12-10',
    zoneinfo: 'Europe/London',
    phoneNumberVerified: true,
  },
};

function definedParams(params: Params): URLSearchParams {
  const defined = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== null) defined.set(name, value);
  return defined;
}

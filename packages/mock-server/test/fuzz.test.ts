import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fidelity } from '../src/index.js';
import { CALLBACK, CHALLENGE, createWorld, VERIFIER, type World } from './support/world.js';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1500);

const PATHS = [
  '/authorize',
  '/authorize/resume',
  '/u/login/identifier',
  '/u/login/code',
  '/avatars/ada.svg',
  '/oauth/token',
  '/oauth/revoke',
  '/userinfo',
  '/v2/logout',
  '/oidc/logout',
  '/.well-known/openid-configuration',
  '/.well-known/jwks.json',
  '/profile',
  '/client/v1/profile',
  '/management/v1/publishers',
  '/management/v1/users',
  '/api/v2/users/x',
  '/auth/shop/login',
  '/auth/shop/callback',
  '/auth/%zz/login',
  '/auth/__proto__/callback',
  '/auth/userinfo',
  '/auth/logout',
  '/mock/control/faults/add',
  '/mock/control/users/update',
  '/mock/control/restore',
  '/mock/actions/add-fault',
  '/mock/actions/add-user',
  '/mock/actions/create-client',
  '/mock/?tokens=x&find=%00&failed=1',
  '/',
  '//evil.example/%2e%2e',
  '/avatars/%zz.svg',
  '/avatars/%00%ff.svg',
  '/mock/control/%zz',
  '/management/v1/products/%zz',
];

const NAMES = [
  'client_id',
  'client_secret',
  'grant_type',
  'code',
  'code_verifier',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'audience',
  'organization',
  'prompt',
  'max_age',
  'login_hint',
  'screen_hint',
  'ui_locales',
  'acr_values',
  'refresh_token',
  'token',
  'returnTo',
  'id_token_hint',
  'post_logout_redirect_uri',
  'access_token',
  'email',
  'user',
  'action',
  'confirm',
  'iss',
  'error',
  'error_description',
  '__proto__',
  'constructor',
  'toString',
];

const HEADERS = [
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-prefix',
  'x-sesamy-csrf',
  'sec-fetch-site',
  'sec-fetch-dest',
  'sec-purpose',
  'origin',
  'referer',
  'accept',
];

const HEADER_VALUES = [
  '',
  '1',
  'token.sesamy.com',
  'evil.example',
  'token.sesamy.com, evil.example',
  'evil.example/..',
  'token.sesamy.com@evil.example',
  'https',
  'javascript',
  '/sesamy',
  '//evil.example',
  'same-origin',
  'same-site',
  'cross-site',
  'none',
  'document',
  'image',
  'https://token.sesamy.com',
  'https://evil.example',
  'null',
  'text/html',
  '\u00ff',
];

const NASTY = [
  '',
  'publisher-web',
  'backend',
  's3cret+/=',
  'authorization_code',
  'refresh_token',
  'client_credentials',
  CALLBACK,
  `${CALLBACK}#x`,
  'https://evil.example/',
  'javascript:alert(1)',
  '//evil.example',
  'data:text/html,x',
  'https://app.example.com@evil.example/',
  'code',
  'none',
  'login',
  'none login',
  'query',
  'fragment',
  'form_post',
  'web_message',
  'openid offline_access',
  'S256',
  CHALLENGE,
  VERIFIER,
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '-1',
  '1e999',
  'NaN',
  '\u0000',
  '\ud800',
  '<script>alert(1)</script>',
  '"\'><img src=x>',
  '%',
  '%zz',
  '\r\nset-cookie: a=b',
  'x'.repeat(70_000),
  'ada',
  'cancel',
  'a.b.c',
  'rt_.',
  '.',
];

const value = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...NASTY) },
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const params = fc.array(
  fc.tuple(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMES) }, fc.string()), value),
  { maxLength: 9 },
);

const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'),
  path: fc.constantFrom(...PATHS),
  query: params,
  body: params,
  bodyKind: fc.constantFrom('form', 'json', 'garbage', 'text', 'none'),
  garbage: fc.oneof(fc.json(), fc.string({ unit: 'binary' })),
  authorization: fc.option(
    fc.constantFrom(
      'Basic',
      'Basic !!',
      'Basic Og==',
      'Bearer',
      'Bearer x',
      'Bearer a.b.c',
      'valid token',
    ),
  ),
  headers: fc.array(fc.tuple(fc.constantFrom(...HEADERS), fc.constantFrom(...HEADER_VALUES)), {
    maxLength: 5,
  }),
  withCookie: fc.boolean(),
  handlerCookie: fc.constantFrom('', 'session', 'login', 'both', 'garbage', 'expired'),
  withLogin: fc.boolean(),
});

test.each<Fidelity>(['documented', 'engine'])(
  `any request in %s fidelity gets a response without a failure or an open redirect (${RUNS} requests)`,
  async (fidelity) => {
    const world = createWorld({ fidelity, hasControlPlane: true, onWarning: () => undefined });
    world.server.control.clients.add({ clientId: 'shop', callbacks: [SHOP_CALLBACK] });
    const handler = await handlerCookies(world);
    const { access_token } = await world.tokens();
    const login =
      new URL((await world.authorize()).headers.get('location') ?? '').searchParams.get('state') ??
      '';
    await fc.assert(
      fc.asyncProperty(request, async (each) => {
        const response = await world.server.fetch(
          toRequest(world, each, access_token, login, handler),
        );
        const text = await response.text();
        const outcome = { status: response.status, text: text.slice(0, 200) };
        if (response.status >= 500) throw new Error(JSON.stringify(outcome));
        expect(outcome.status >= 400 && each.method !== 'HEAD' && text === '').toBe(false);
        expect(allowedTarget(response.headers.get('location'))).toBe(true);
        const isHtml = response.headers.get('content-type')?.includes('html') ?? false;
        expect(isHtml && text.includes('<script>alert(1)')).toBe(false);
      }),
      { numRuns: RUNS },
    );
  },
  120_000,
);

test('an oversized body is rejected, with or without a declared length', async () => {
  const world = createWorld();
  const huge = 'x'.repeat(2_000_000);
  const responses = await Promise.all([
    world.token({ grant_type: 'refresh_token', client_id: 'publisher-web', refresh_token: huge }),
    world.send('/oauth/token', {
      method: 'POST',
      headers: { 'content-length': '2000000' },
      body: huge,
    }),
  ]);
  expect(responses.map(({ status }) => status)).toEqual([413, 413]);
});

function toRequest(
  world: World,
  each: fcValue,
  accessToken: string,
  login: string,
  handler: HandlerCookies,
): Request {
  const { method, path, bodyKind } = each;
  const isControl = path.startsWith('/mock');
  const url = new URL(
    path.startsWith('//')
      ? `https://token.sesamy.com${path}`
      : `${isControl ? 'http://localhost' : 'https://token.sesamy.com'}${path}`,
  );
  for (const [name, text] of each.query) url.searchParams.append(name, text);
  if (each.withLogin && (path.startsWith('/u/') || path.endsWith('/resume')))
    url.searchParams.set('state', login);
  if (each.withLogin && path.endsWith('/callback')) url.searchParams.set('state', handler.state);
  const headers = new Headers(isControl ? [] : each.headers);
  if (each.authorization)
    headers.set(
      'authorization',
      each.authorization === 'valid token' ? `Bearer ${accessToken}` : each.authorization,
    );
  const cookies = [each.withCookie ? world.cookie() : '', handler.of(each.handlerCookie)];
  headers.set('cookie', cookies.filter(Boolean).join('; '));
  if (method === 'GET' || method === 'HEAD' || bodyKind === 'none')
    return new Request(url, { method, headers });
  const [type, body] = toBody(each);
  headers.set('content-type', type);
  return new Request(url, { method, headers, body });
}

type fcValue = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

function toBody({ bodyKind, body, garbage }: fcValue): [type: string, body: string] {
  switch (bodyKind) {
    case 'form':
      return [
        'application/x-www-form-urlencoded;charset=UTF-8',
        new URLSearchParams(body).toString(),
      ];
    case 'json':
      return ['application/json', JSON.stringify(Object.fromEntries(body))];
    case 'garbage':
      return ['application/json', garbage];
    case 'text':
    case 'none':
      return ['text/plain', garbage];
  }
}

const SHOP_CALLBACK = 'https://token.sesamy.com/auth/shop/callback';

/** Cookies that the token handler really set, and some that it did not. */
interface HandlerCookies {
  readonly state: string;
  of(kind: string): string;
}

async function handlerCookies(world: World): Promise<HandlerCookies> {
  const login = await world.send('/auth/shop/login');
  const authorizationUrl = login.headers.get('location') ?? '';
  const callback = await world.server.control.signIn({ authorizationUrl, user: 'grace' });
  const pairs = (response: Response): string =>
    response.headers
      .getSetCookie()
      .map((each) => each.split(';', 1)[0])
      .join('; ');
  const session = pairs(await world.send(callback, { headers: { cookie: pairs(login) } }));
  const pending = await world.send('/auth/shop/login');
  const state = new URL(pending.headers.get('location') ?? '').searchParams.get('state') ?? '';
  const kinds: Readonly<Record<string, string>> = {
    session,
    login: pairs(pending),
    both: `${pairs(pending)}; ${session}`,
    garbage: '__Host-rt=a.b.c.d.e; at=\u00ff; sesamy_is_authenticated=true; =; ;;',
    expired: session.replace(/(?:^|; )at=[^;]*/, ''),
  };
  return { state, of: (kind) => kinds[kind] ?? '' };
}

/** Redirects go to the server's own pages or to what the clients registered. */
function allowedTarget(location: string | null): boolean {
  if (location === null || location.startsWith('/mock/')) return true;
  const { origin } = new URL(location, 'https://token.sesamy.com');
  return [
    'https://token.sesamy.com',
    'https://app.example.com',
    'https://other.example.com',
  ].includes(origin);
}

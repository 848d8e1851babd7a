import { CookieJar } from 'tough-cookie';
import { createMockServer, type MockServer, type MockServerOptions } from '../../src/index.js';

/** The publisher's site in these tests. */
export const SITE = 'https://app.publisher.test';
/** A host of the same registrable domain that another party may run. */
export const SIBLING = 'https://comments.publisher.test';
/** A host of another site. */
export const FOREIGN = 'https://evil.test';

/** Where the issuer redirects to. */
export const HANDLER_CALLBACK = `${SITE}/sesamy/auth/publisher-web/callback`;

const UPSTREAM = 'https://api.sesamy.com';
const ISSUER = 'https://token.sesamy.com';

/** A server whose token handler is enabled for the site; refresh tokens rotate without leeway. */
export function createHandlerServer(options: MockServerOptions = {}): MockServer {
  return createMockServer({
    clients: [
      {
        clientId: 'publisher-web',
        callbacks: [HANDLER_CALLBACK],
        logoutUrls: [`${SITE}/*`],
        refreshToken: { rotation: 'rotating', leewaySeconds: 0 },
      },
    ],
    ...options,
  });
}

/** Which page a request comes from: decides on cookies and on the headers of the browser. */
export type From = `https://${string}` | `http://${string}` | 'address bar';

/** A browser with cookies, in front of the publisher's proxy. */
export interface Browser {
  readonly jar: CookieJar;
  /** One navigation of the window, redirects not followed. */
  navigate(url: string, from?: From, headers?: HeadersInit): Promise<Response>;
  /** A `fetch` by a script of a page, with credentials. */
  fetch(path: string, init?: RequestInit, from?: From): Promise<Response>;
  /** Logs in from the login link to the page it redirects to. */
  logIn(options?: { user?: string; query?: string }): Promise<Response>;
  /** A form that a page submits. */
  submit(url: string, form: Record<string, string>, from: From): Promise<Response>;
  /** Goes to the issuer and signs in there; returns the callback URL. */
  authorize(login: Response, user?: string): Promise<string>;
  /** Name and value of every cookie that the site has. */
  cookies(): Promise<Record<string, string>>;
}

/** The kind of browser, and the site it visits. */
export interface BrowserOptions {
  readonly site?: Exclude<From, 'address bar'>;
  /** Whether a proxy forwards `/sesamy`. Default true. */
  readonly hasProxy?: boolean;
  /** An old browser sends no `Sec-Fetch-*` headers. */
  readonly isOld?: boolean;
}

/** Creates a browser with an empty jar. */
export function createBrowser(
  server: MockServer,
  { site = SITE, hasProxy = true, isOld = false }: BrowserOptions = {},
): Browser {
  const jar = new CookieJar();

  const send = async (
    url: URL,
    init: RequestInit,
    from: From,
    isNavigation: boolean,
  ): Promise<Response> => {
    const headers = new Headers(init.headers);
    const method = init.method ?? 'GET';
    const fetchSite = fetchSiteOf(from, url);
    const isSameSite = fetchSite !== 'cross-site';
    const context = isSameSite ? 'strict' : isNavigation && method === 'GET' ? 'lax' : 'none';
    const cookie = await jar.getCookieString(url.href, { sameSiteContext: context });
    if (cookie) headers.set('cookie', cookie);
    if (!isOld) {
      headers.set('sec-fetch-site', fetchSite);
      if (!headers.has('sec-fetch-dest'))
        headers.set('sec-fetch-dest', isNavigation ? 'document' : 'empty');
    }
    const namesOrigin = method !== 'GET' || (!isNavigation && fetchSite !== 'same-origin');
    if (namesOrigin && from !== 'address bar' && !headers.has('origin'))
      headers.set('origin', from);
    const request = new Request(url, { ...init, headers, redirect: 'manual' });
    const response = await server.fetch(
      hasProxy && url.origin === site ? behindProxy(request) : request,
    );
    for (const each of response.headers.getSetCookie())
      await jar.setCookie(each, url.href, { sameSiteContext: context, ignoreError: true });
    return response;
  };

  const navigate: Browser['navigate'] = (url, from = 'address bar', headers = {}) =>
    send(new URL(url, site), { headers }, from, true);

  const authorize: Browser['authorize'] = async (login, user = 'ada') => {
    const authorizationUrl = login.headers.get('location') ?? '';
    const page = await navigate(authorizationUrl, SITE);
    const toLogin = new URL(page.headers.get('location') ?? '', ISSUER);
    if (toLogin.origin !== ISSUER) return toLogin.href;
    const submitted = await submit(toLogin.href, { user }, SITE);
    const resumed = await navigate(submitted.headers.get('location') ?? '', SITE);
    return resumed.headers.get('location') ?? '';
  };

  const submit: Browser['submit'] = (url, form, from) =>
    send(new URL(url, site), { method: 'POST', body: new URLSearchParams(form) }, from, true);

  return {
    jar,
    navigate,
    submit,
    fetch: (path, init = {}, from = site) => send(new URL(path, site), init, from, false),
    authorize,
    logIn: async ({ user = 'ada', query = '' } = {}) => {
      const prefix = hasProxy ? '/sesamy' : '';
      const login = await navigate(`${prefix}/auth/publisher-web/login${query}`, SITE);
      // The chain of redirects began on the site and went over the issuer's.
      return navigate(await authorize(login, user), FOREIGN);
    },
    cookies: async () => {
      const all = await jar.getCookies(`${site}/`);
      return Object.fromEntries(all.map(({ key, value }) => [key, value]));
    },
  };
}

/** The request as a publisher's proxy forwards it; the site's own pages do not reach Sesamy. */
export function behindProxy(request: Request): Request {
  const { pathname, search, host, protocol } = new URL(request.url);
  const path = pathname.startsWith('/sesamy/api/')
    ? pathname.slice('/sesamy/api'.length)
    : pathname.slice('/sesamy'.length);
  const headers = new Headers(request.headers);
  headers.set('x-forwarded-host', host);
  headers.set('x-forwarded-proto', protocol.slice(0, -1));
  headers.set('x-forwarded-prefix', '/sesamy');
  return new Request(new Request(`${UPSTREAM}${path}${search}`, request), { headers });
}

function fetchSiteOf(from: From, url: URL): string {
  if (from === 'address bar') return 'none';
  if (from === url.origin) return 'same-origin';
  const registrableDomain = new URL(from).hostname.split('.').slice(-2).join('.');
  return url.hostname.endsWith(registrableDomain) ? 'same-site' : 'cross-site';
}

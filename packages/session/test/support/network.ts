import type { MockServer } from '@sesamy-kit/mock-server';
import type { CookieContext, Cookies } from './cookies.js';
import { forwardedRequest } from './reverse-proxy.js';
import { farthest, relationOf, type Relation } from './sites.js';

/** The initiator: a script's `fetch`, the address bar, or a frame. */
export type Destination = 'empty' | 'document' | 'iframe';

/** Where a request comes from. */
export interface Initiator {
  /** Origin of the requesting page. */
  readonly origin: string;
  /** The relation of the request's redirects so far. */
  readonly chain?: readonly Relation[];
}

/** A browser's network, which ends at the mock server. */
export interface Network {
  /** Every request of this browser, as `POST https://token.sesamy.com/oauth/token`. */
  readonly requests: string[];
  /** The same requests as sent, with cookies. */
  readonly sent: Request[];
  isOnline: boolean;
  /** Holds the responses to requests for `path` from now on; returns a function that releases them. */
  hold(path: string): () => void;
  /** Drops pending requests, as closing the browser does. */
  close(): void;
  /** Sends a request with the browser's own headers; follows no redirect. */
  send(request: Request, destination: Destination, initiator: Initiator): Promise<Response>;
}

/** Creates a network. Requests to `appOrigin` go through its reverse proxy. */
export function createNetwork(server: MockServer, cookies: Cookies, appOrigin: string): Network {
  const requests: string[] = [];
  const sent: Request[] = [];
  const held = new Map<string, Promise<void>>();
  let isClosed = false;
  const network: Network = {
    requests,
    sent,
    isOnline: true,
    async send(request, destination, { origin, chain = [] }) {
      const { url, method } = request;
      requests.push(`${method} ${url}`);
      const relation = farthest([...chain, relationOf(origin, url)]);
      const context: CookieContext = {
        sameSite: sameSiteOf(relation, destination, method),
        topLevelUrl: destination === 'document' ? url : origin,
      };
      const headers = new Headers(request.headers);
      headers.set('sec-fetch-site', relation);
      headers.set('sec-fetch-dest', destination);
      headers.set('sec-fetch-mode', destination === 'empty' ? request.mode : 'navigate');
      if (sendsOrigin(relation, destination, method)) headers.set('origin', origin);
      const hasCookies = sendsCookies(request, relationOf(origin, url), destination);
      const cookie = hasCookies ? cookies.headerFor(url, context) : '';
      if (cookie !== '') headers.set('cookie', cookie);
      const outgoing = new Request(request, { headers });
      sent.push(outgoing);
      if (!network.isOnline) throw new TypeError('Failed to fetch');
      const response = await answer(server, outgoing.clone(), appOrigin);
      await held.get(new URL(url).pathname);
      if (isClosed) return new Promise(() => {});
      if (hasCookies) cookies.take(response, url, context);
      return response;
    },
    hold(path) {
      let release = (): void => {};
      held.set(path, new Promise((resolve) => (release = resolve)));
      return () => {
        held.delete(path);
        release();
      };
    },
    close() {
      isClosed = true;
    },
  };
  return network;
}

function answer(server: MockServer, request: Request, appOrigin: string): Promise<Response> {
  if (new URL(request.url).origin !== appOrigin) return server.fetch(request);
  const forwarded = forwardedRequest(request);
  return forwarded === null
    ? Promise.resolve(new Response('Not found', { status: 404 }))
    : server.fetch(forwarded);
}

/** `Origin` goes with every request of a script but a plain read at home, and with every form. */
function sendsOrigin(relation: Relation, destination: Destination, method: string): boolean {
  if (method !== 'GET' && method !== 'HEAD') return true;
  return destination === 'empty' && relation !== 'same-origin';
}

function sendsCookies(request: Request, relation: Relation, destination: Destination): boolean {
  if (destination !== 'empty' || request.credentials === 'include') return true;
  return request.credentials === 'same-origin' && relation === 'same-origin';
}

/** @see draft-ietf-httpbis-rfc6265bis section 5.2 */
function sameSiteOf(
  relation: Relation,
  destination: Destination,
  method: string,
): CookieContext['sameSite'] {
  if (relation !== 'cross-site') return 'strict';
  return destination === 'document' && method === 'GET' ? 'lax' : 'none';
}

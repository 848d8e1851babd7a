import { isForwarded } from './reverse-proxy.js';
import type { Network } from './network.js';
import { relationOf, type Relation } from './sites.js';

/** What a user sends from the login page: who they are, or that they would rather not. */
export type LoginAnswer = { readonly user: string } | { readonly action: 'cancel' };

/** What a visit needs of its browser. */
export interface NavigationContext {
  readonly network: Network;
  /** Origin of the page that the visit starts from. */
  readonly origin: string;
  /** What the user answers to a login page on the way. */
  readonly answer: LoginAnswer | undefined;
}

/**
 * Goes where an address leads, through redirects and the login page, until a page of the app.
 * @returns every address on the way; that page's is the last one
 */
export async function followToApp(
  start: string,
  context: NavigationContext,
): Promise<readonly string[]> {
  const { network, answer } = context;
  let { origin } = context;
  let chain: Relation[] = [];
  let request = new Request(start);
  const way: string[] = [];
  for (;;) {
    const { url } = request;
    const target = new URL(url);
    way.push(url);
    if (target.origin === context.origin && !isForwarded(target)) return way;
    const response = await network.send(request, 'document', { origin, chain });
    chain.push(relationOf(origin, url));
    const next = response.headers.get('location');
    if (next !== null) request = new Request(new URL(next, url));
    else if (target.pathname.startsWith('/u/login/') && answer !== undefined) {
      request = new Request(url, { method: 'POST', body: new URLSearchParams({ ...answer }) });
      // From here on it is the login page that leads the way.
      ({ origin } = target);
      chain = [];
    } else {
      throw new Error(`The way to the app ends at ${target.pathname} with ${response.status}.`);
    }
  }
}

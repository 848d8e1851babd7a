import { isForwarded } from './reverse-proxy.js';
import type { Network } from './network.js';
import { relationOf, type Relation } from './sites.js';

/** A user's submission of the login page: a login, or a cancellation. */
export type LoginAnswer = { readonly user: string } | { readonly action: 'cancel' };

/** What a visit needs from its browser. */
export interface NavigationContext {
  readonly network: Network;
  /** Origin of the page that the visit starts from. */
  readonly origin: string;
  /** The user's submission to a login page on the way. */
  readonly answer: LoginAnswer | undefined;
}

/**
 * Follows a URL, through redirects and the login page, to a page of the app.
 * @returns every URL on the way; the last is that page's
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

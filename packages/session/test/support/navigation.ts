import { isForwarded } from './reverse-proxy.js';
import type { Network } from './network.js';
import { relationOf, type Relation } from './sites.js';

/** What a visit needs of its browser. */
export interface NavigationContext {
  readonly network: Network;
  /** Origin of the page that the visit starts from. */
  readonly origin: string;
  /** Id of the user who answers a login page on the way. */
  readonly user: string | undefined;
}

/**
 * Goes where an address leads, through redirects and the login page, until a page of the app.
 * @returns that page's URL
 */
export async function followToApp(start: string, context: NavigationContext): Promise<string> {
  const { network, user } = context;
  let { origin } = context;
  let chain: Relation[] = [];
  let request = new Request(start);
  for (;;) {
    const { url } = request;
    const target = new URL(url);
    if (target.origin === context.origin && !isForwarded(target)) return url;
    const response = await network.send(request, 'document', { origin, chain });
    chain.push(relationOf(origin, url));
    const next = response.headers.get('location');
    if (next !== null) request = new Request(new URL(next, url));
    else if (target.pathname.startsWith('/u/login/') && user !== undefined) {
      request = new Request(url, { method: 'POST', body: new URLSearchParams({ user }) });
      // From here on it is the login page that leads the way.
      ({ origin } = target);
      chain = [];
    } else {
      throw new Error(`The way to the app ends at ${target.pathname} with ${response.status}.`);
    }
  }
}

import type { ModesSite } from './modes-site.js';

/** The requests of browsers to Sesamy in order, such as `GET login.publisher.test/authorize`, without preflights. */
export function sesamyRequests({ requests }: ModesSite): string[] {
  return requests
    .filter(({ method }) => method !== 'OPTIONS')
    .map(({ method, url }) => {
      const { hostname, pathname } = new URL(url);
      return `${method} ${hostname}${pathname}`;
    });
}

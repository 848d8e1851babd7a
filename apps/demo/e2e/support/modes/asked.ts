import type { ModesSite } from './modes-site.js';

/** What browsers have asked Sesamy for, in order, such as `GET login.publisher.test/authorize`; no preflights. */
export function asked({ requests }: ModesSite): string[] {
  return requests
    .filter(({ method }) => method !== 'OPTIONS')
    .map(({ method, url }) => {
      const { hostname, pathname } = new URL(url);
      return `${method} ${hostname}${pathname}`;
    });
}

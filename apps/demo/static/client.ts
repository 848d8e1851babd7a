import type { ClientOptions } from '@sesamy-kit/mock-server';

/** The site at the mock, with the pages that a login and a logout may return to. */
export function clientOf(pages: readonly string[], issuer: string): ClientOptions {
  const handlerCallback = new URL('auth/publisher-web/callback', issuer).href;
  return {
    clientId: 'publisher-web',
    name: 'Tidewaiter',
    callbacks: [...pages, handlerCallback],
    logoutUrls: pages,
  };
}

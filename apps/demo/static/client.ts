import type { ClientOptions } from '@sesamy-kit/mock-server';

/** The site at the mock, with the pages that a login and a logout may return to. */
export function clientOf(pages: readonly string[]): ClientOptions {
  return { clientId: 'publisher-web', name: 'Tidewaiter', callbacks: pages, logoutUrls: pages };
}

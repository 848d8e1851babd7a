import { createPageMock, type PageMock } from '@sesamy-kit/mock-server/page';

import { clientOf } from './client.js';
import { modeFolders } from './modes.js';

/** Creates the mock for browsers without service workers. */
export function createDemoMock(buildUrl: string): PageMock {
  const issuer = new URL('sesamy/', buildUrl).href;
  const pages = modeFolders.map((folder) => new URL(folder, buildUrl).href);
  return createPageMock({ issuer, clients: [clientOf(pages, issuer)] });
}

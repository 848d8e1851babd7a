import { createPageMock, type PageMock } from '@sesamy-kit/mock-server/page';

import { clientOf } from './client.js';
import { modeFolders } from './modes.js';

/** Creates the mock for browsers without service workers. */
export function createDemoMock(buildUrl: string): PageMock {
  return createPageMock({
    issuer: new URL('sesamy/', buildUrl).href,
    clients: [clientOf(modeFolders.map((folder) => new URL(folder, buildUrl).href))],
  });
}

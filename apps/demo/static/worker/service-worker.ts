import {
  serveMockInServiceWorker,
  type WorkerInstallEvent,
} from '@sesamy-kit/mock-server/service-worker';

import { clientOf } from '../client.js';
import { modeFolders } from '../modes.js';
import { pageBelow } from '../page-below.js';

declare const self: ServiceWorkerGlobalScope;

const { scope } = self.registration;
const pages = modeFolders.map((folder) => new URL(folder, scope).href);

const { issuer } = serveMockInServiceWorker(self, {
  clients: [clientOf(pages, new URL('sesamy/', scope).href)],
});

// Without it Chromium requests pages from the host as well while the worker starts, and the host has not all of them.
self.addEventListener('install', (event: WorkerInstallEvent) => {
  const routes = [{ condition: { requestMode: 'navigate' }, source: 'fetch-event' }] as const;
  event.waitUntil(event.addRoutes?.(routes).catch(() => undefined) ?? Promise.resolve());
});

// A static host has no page for the addresses of the router: they are all the same page.
self.addEventListener('fetch', (event) => {
  const { mode, method, url } = event.request;
  const isPage = mode === 'navigate' && method === 'GET' && !/\.\w+$/.test(new URL(url).pathname);
  if (isPage && !url.startsWith(issuer)) event.respondWith(readPage());
});

async function readPage(): Promise<Response> {
  const page = await fetch(scope);
  if (!page.ok) return page;
  const headers = new Headers({ 'content-type': 'text/html; charset=utf-8' });
  const policy = page.headers.get('content-security-policy');
  if (policy !== null) headers.set('content-security-policy', policy);
  return new Response(pageBelow(await page.text(), new URL(scope).pathname), { headers });
}

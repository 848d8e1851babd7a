import { MockUnavailableError, startMock } from '@sesamy-kit/mock-server/browser';

import type { Config } from '../src/config.js';
import { readMode, siteUrl } from './modes.js';
import { showNotice } from './notice.js';

/** The folder of the build: scripts are in a folder of it. */
const buildUrl = new URL(/* @vite-ignore */ '..', import.meta.url).href;
const issuer = new URL('sesamy/', buildUrl).href;
const mode = readMode(location.href, buildUrl);

/** Only a worker serves the navigations of the token handler. */
const hasHandler = 'serviceWorker' in navigator;

const config: Omit<Config, 'mockUrl'> = {
  mode,
  clientId: 'publisher-web',
  issuer,
  apiUrl: issuer,
  authPath: new URL('auth', issuer).pathname,
  apiPath: new URL(issuer).pathname.replace(/\/$/, ''),
  backendUrl: null,
  siteUrls: {
    'refresh-token': siteUrl('refresh-token', buildUrl),
    'sso-cookie': siteUrl('sso-cookie', buildUrl),
    'token-handler': hasHandler ? siteUrl('token-handler', buildUrl) : null,
    auto: null,
  },
};

/** Firefox sends requests with `keepalive` past the worker, to the host: a logout would show it the refresh token. */
const fetchFromWorker: typeof fetch = (input, init) => fetch(input, { ...init, keepalive: false });

/** The mock in a service worker, else in the pages, where the devtools cannot reach it. */
async function startAnyMock(): Promise<{ mockUrl: string | null; fetchFromMock: typeof fetch }> {
  try {
    await startMock({ workerUrl: new URL('service-worker.js', buildUrl), scope: buildUrl });
    return { mockUrl: issuer, fetchFromMock: fetchFromWorker };
  } catch (error) {
    if (!(error instanceof MockUnavailableError) || error.code === 'insecure_context') throw error;
    if (mode === 'token-handler') throw error;
    const { createDemoMock } = await import('./page-mock.js');
    return { mockUrl: null, fetchFromMock: createDemoMock(buildUrl).fetch };
  }
}

try {
  // Loaded meanwhile; rendered when its requests reach the mock.
  const [{ renderSite }, { mockUrl, fetchFromMock }] = await Promise.all([
    import('../src/render-site.js'),
    startAnyMock(),
  ]);
  const base = new URL(siteUrl(mode, buildUrl)).pathname;
  renderSite({ ...config, mockUrl }, base, fetchFromMock);
} catch (error) {
  if (!(error instanceof MockUnavailableError)) throw error;
  showNotice(error.message);
}

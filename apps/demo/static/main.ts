import { MockUnavailableError, startMock } from '@sesamy-kit/mock-server/browser';

import type { Config } from '../src/config.js';
import { readMode, siteUrl } from './modes.js';
import { showNotice } from './notice.js';

/** The folder of the build: scripts are in a folder of it. */
const buildUrl = new URL(/* @vite-ignore */ '..', import.meta.url).href;
const issuer = new URL('sesamy/', buildUrl).href;
const mode = readMode(location.href, buildUrl);

const config: Config = {
  mode,
  clientId: 'publisher-web',
  issuer,
  apiUrl: issuer,
  backendUrl: null,
  mockUrl: issuer,
  siteUrls: {
    'refresh-token': siteUrl('refresh-token', buildUrl),
    'sso-cookie': siteUrl('sso-cookie', buildUrl),
    'token-handler': null,
  },
};

/** Firefox sends requests with `keepalive` past the worker, to the host: a logout would show it the refresh token. */
const fetchFromMock: typeof fetch = (input, init) => fetch(input, { ...init, keepalive: false });

try {
  // Loaded meanwhile; rendered when its requests reach the mock.
  const [{ renderSite }] = await Promise.all([
    import('../src/render-site.js'),
    startMock({ workerUrl: new URL('service-worker.js', buildUrl), scope: buildUrl }),
  ]);
  renderSite(config, new URL(siteUrl(mode, buildUrl)).pathname, fetchFromMock);
} catch (error) {
  if (!(error instanceof MockUnavailableError)) throw error;
  showNotice(error.message);
}

import { modeOf } from './hosts.mjs';

/**
 * Proxies `/sesamy/auth` and `/sesamy/api` to the mock of Sesamy, on the one host that has a token handler, as a
 * publisher's web server would.
 *
 * @param {string} mockUrl
 * @returns {Record<string, import('vite').ProxyOptions>}
 */
export function tokenHandlerProxy(mockUrl) {
  /** @type {import('vite').ProxyOptions} */
  const common = {
    target: mockUrl,
    changeOrigin: true,
    bypass: ({ headers }) => (modeOf(headers.host) === 'token-handler' ? undefined : false),
    configure: (proxy) => {
      proxy.on('proxyReq', (upstream, { headers }) => {
        // Set, not appended: values from the browser must not be passed on.
        upstream.setHeader('X-Forwarded-Host', headers.host ?? '');
        upstream.setHeader('X-Forwarded-Proto', 'http');
        upstream.setHeader('X-Forwarded-Prefix', '/sesamy');
      });
    },
  };
  return {
    '/sesamy/auth/': { ...common, rewrite: (path) => path.replace('/sesamy', '') },
    '/sesamy/api/': { ...common, rewrite: (path) => path.replace('/sesamy/api', '') },
  };
}

import { hasHandler } from './hosts.mjs';

/**
 * Proxies `/sesamy/auth` and `/sesamy/api` to the mock of Sesamy, on the hosts that have a token handler, as a
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
    bypass: ({ headers }) => (hasHandler(headers.host) ? undefined : false),
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

import type { ProxyOptions } from 'vite';

/**
 * What a publisher's proxy does in front of Sesamy: it forwards only the paths for browsers.
 * A client that reaches the dev server reaches no more of the mock.
 */
export function tokenHandlerProxy(target: string): Record<string, ProxyOptions> {
  const toMock: ProxyOptions = {
    target,
    changeOrigin: true,
    configure: (proxy) => {
      proxy.on('proxyReq', (upstream, { headers, socket }) => {
        for (const name of upstream.getHeaderNames())
          if (/^(?:x-forwarded-|forwarded$)/.test(name)) upstream.removeHeader(name);
        // They also make the control plane reject a path that leads there after all.
        upstream.setHeader('X-Forwarded-Host', headers.host ?? '');
        upstream.setHeader('X-Forwarded-Proto', 'encrypted' in socket ? 'https' : 'http');
        upstream.setHeader('X-Forwarded-Prefix', '/sesamy');
      });
    },
  };
  return {
    '^/sesamy/auth/': { ...toMock, rewrite: (path) => path.replace('/sesamy', '') },
    '^/sesamy/api/(?:client/v1/|profile(?:[/?]|$))': {
      ...toMock,
      rewrite: (path) => path.replace('/sesamy/api', ''),
    },
  };
}

import type { ProxyOptions } from 'vite';

/**
 * What a publisher's own proxy does in front of Sesamy: it hands on what exists for browsers, and
 * nothing else. A client that reaches the dev server reaches that much of the mock.
 */
export function tokenHandlerProxy(target: string): Record<string, ProxyOptions> {
  const toMock: ProxyOptions = {
    target,
    changeOrigin: true,
    configure: (proxy) => {
      proxy.on('proxyReq', (upstream, { headers, socket }) => {
        for (const name of upstream.getHeaderNames())
          if (/^(?:x-forwarded-|forwarded$)/.test(name)) upstream.removeHeader(name);
        // They also tell the control plane to refuse, should a path lead there after all.
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

import type { Plugin, ProxyOptions, ViteDevServer } from 'vite';
import type { MockServerOptions } from './options.js';
import { createMockServer, type MockServer } from './server.js';

/** Options of the Vite plugin: those of the server, and how the app learns of it. */
export interface SesamyMockOptions extends MockServerOptions {
  /** Port of the mock. Default 0: any free one. */
  readonly port?: number;
  /** The client whose callbacks follow the dev server's address. Default `publisher-web`. */
  readonly clientId?: string;
}

/**
 * A Vite plugin that runs a mock of Sesamy beside the dev server, and only there. The app reads
 * its address from `import.meta.env.VITE_SESAMY_ISSUER` and `VITE_SESAMY_API_URL`, which are
 * undefined in a build. The token handler is at `/sesamy/auth` and `/sesamy/api` of the dev server.
 */
export function sesamyMock(options: SesamyMockOptions = {}): Plugin {
  const { port = 0, clientId = 'publisher-web', ...serverOptions } = options;
  const mock = createMockServer({ hasControlPlane: true, ...serverOptions });
  return {
    name: 'sesamy-mock',
    apply: 'serve',
    async config(_, { isPreview }) {
      if (isPreview) return undefined;
      await mock.listen({ port });
      const { issuer } = mock;
      return {
        define: {
          'import.meta.env.VITE_SESAMY_ISSUER': JSON.stringify(issuer),
          'import.meta.env.VITE_SESAMY_API_URL': JSON.stringify(new URL(issuer).origin),
        },
        server: { proxy: tokenHandlerProxy(issuer) },
      };
    },
    configureServer(vite) {
      vite.httpServer?.once('listening', () => registerAddress(vite, mock, clientId));
      vite.config.logger.info(`  Sesamy mock  ${mock.issuer}   dashboard ${mock.issuer}mock/`);
    },
    async buildEnd() {
      await mock.close();
    },
  };
}

/** What a publisher's own proxy does in front of Sesamy. */
function tokenHandlerProxy(target: string): Record<string, ProxyOptions> {
  const toMock: ProxyOptions = {
    target,
    changeOrigin: true,
    configure: (proxy) => {
      proxy.on('proxyReq', (upstream, { headers, socket }) => {
        for (const name of upstream.getHeaderNames())
          if (/^(?:x-forwarded-|forwarded$)/.test(name)) upstream.removeHeader(name);
        upstream.setHeader('X-Forwarded-Host', headers.host ?? '');
        upstream.setHeader('X-Forwarded-Proto', 'encrypted' in socket ? 'https' : 'http');
        upstream.setHeader('X-Forwarded-Prefix', '/sesamy');
      });
    },
  };
  return {
    '/sesamy/auth/': { ...toMock, rewrite: (path) => path.replace('/sesamy', '') },
    '/sesamy/api/': { ...toMock, rewrite: (path) => path.replace('/sesamy/api', '') },
  };
}

/**
 * Registers whatever address the dev server got, for pages and for the token handler. With a `base` the root of the
 * origin is registered too: it is the default of the kit, and the dev server sends it on to the base.
 */
function registerAddress(vite: ViteDevServer, mock: MockServer, clientId: string): void {
  const address = vite.httpServer?.address();
  if (typeof address !== 'object' || address === null) return;
  const protocol = vite.config.server.https ? 'https' : 'http';
  const { base } = vite.config;
  const known = mock.control.clients.get(clientId);
  const origins = ['localhost', '127.0.0.1'].map((host) => `${protocol}://${host}:${address.port}`);
  // Vite's `base` may be a path, a URL, or relative; only a path says where the dev server has the app.
  const paths = new Set(['/', base.startsWith('/') ? base : '/']);
  const pages = origins.flatMap((origin) => [...paths].map((path) => origin + path));
  const handlers = origins.map((origin) => `${origin}/sesamy/auth/${clientId}/callback`);
  mock.control.clients.update(clientId, {
    callbacks: [...new Set([...known.callbacks, ...pages, ...handlers])],
    logoutUrls: [...new Set([...known.logoutUrls, ...pages])],
  });
}

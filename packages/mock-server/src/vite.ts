import type { Plugin, ResolvedConfig, ViteDevServer } from 'vite';
import type { MockServerOptions } from './options.js';
import { preload } from './preload.js';
import { openSharedMock, type RegisteredUrls, type SharedMock } from './vite/shared-mock.js';
import { tokenHandlerProxy } from './vite/token-handler-proxy.js';

/** Options of the Vite plugin: those of the server, and those of the dev server. */
export interface SesamyMockOptions extends MockServerOptions {
  /**
   * Port of the mock. Default 0: any free one. A fixed port survives restarts of Vite with its state, and is shared
   * when a mock of another process, such as a second dev server, listens there already.
   */
  readonly port?: number;
  /** The client whose callbacks follow the dev server's address. Default `publisher-web`. */
  readonly clientId?: string;
  /** Whether the mock also runs under Vitest, whose tests usually create their own. Default false. */
  readonly runsInVitest?: boolean;
}

/**
 * A Vite plugin that runs a mock of Sesamy beside the dev server, and only there. The app reads
 * its address from `import.meta.env.VITE_SESAMY_ISSUER` and `VITE_SESAMY_API_URL`, which are
 * undefined in a build. The token handler is at `/sesamy/auth` and `/sesamy/api` of the dev server.
 */
export function sesamyMock(options: SesamyMockOptions = {}): Plugin {
  const { port = 0, clientId = 'publisher-web', runsInVitest = false, ...serverOptions } = options;
  // When Vite restarts, a new server is there before the old one is closed.
  const mocks = new WeakMap<ResolvedConfig, SharedMock>();
  let opened: SharedMock | null = null;
  return {
    name: 'sesamy-mock',
    apply: 'serve',
    async config({ plugins }, { isPreview }) {
      if (isPreview || (isOfVitest(plugins) && !runsInVitest)) return undefined;
      opened = await openSharedMock(port, { hasControlPlane: true, ...serverOptions });
      if (!opened.isElsewhere) await preload();
      const { issuer } = opened;
      return {
        define: {
          'import.meta.env.VITE_SESAMY_ISSUER': JSON.stringify(issuer),
          'import.meta.env.VITE_SESAMY_API_URL': JSON.stringify(new URL(issuer).origin),
        },
        server: { proxy: tokenHandlerProxy(issuer) },
      };
    },
    configResolved(config) {
      if (opened) mocks.set(config, opened);
      opened = null;
    },
    configureServer(vite) {
      const mock = mocks.get(vite.config);
      if (!mock) return;
      const { logger } = vite.config;
      vite.httpServer?.once('listening', () => {
        const urls = urlsOf(vite, clientId);
        if (urls === null) return;
        mock.register(clientId, urls).catch((error: unknown) => {
          logger.warn(`  Sesamy mock  ${error instanceof Error ? error.message : String(error)}`);
        });
      });
      const origin = mock.isElsewhere ? '   of another process, with its options' : '';
      logger.info(`  Sesamy mock  ${mock.issuer}   dashboard ${mock.issuer}mock/${origin}`);
    },
    async buildEnd() {
      await mocks.get(this.environment.getTopLevelConfig())?.release();
    },
  };
}

/** Vitest runs in a separate dev server. A dev server that a test starts has none of these plugins. */
function isOfVitest(plugins: readonly unknown[] = []): boolean {
  return plugins.some((plugin) =>
    Array.isArray(plugin) ? isOfVitest(plugin) : /^vitest(?::|$)/.test(nameOf(plugin)),
  );
}

function nameOf(plugin: unknown): string {
  const isNamed = typeof plugin === 'object' && plugin !== null && 'name' in plugin;
  return isNamed ? String(plugin.name) : '';
}

/**
 * The address of the dev server, for pages and for the token handler. With a `base` the root of the
 * origin is among them too: it is the default of the kit, and the dev server sends it on to the base.
 */
function urlsOf(vite: ViteDevServer, clientId: string): RegisteredUrls | null {
  const address = vite.httpServer?.address();
  if (typeof address !== 'object' || address === null) return null;
  const protocol = vite.config.server.https ? 'https' : 'http';
  const { base } = vite.config;
  const origins = ['localhost', '127.0.0.1'].map((host) => `${protocol}://${host}:${address.port}`);
  // Vite's `base` may be a path, a URL, or relative; only a path says where the dev server has the app.
  const paths = new Set(['/', base.startsWith('/') ? base : '/']);
  const pages = origins.flatMap((origin) => [...paths].map((path) => origin + path));
  const handlers = origins.map((origin) => `${origin}/sesamy/auth/${clientId}/callback`);
  return { callbacks: [...pages, ...handlers], logoutUrls: pages };
}

import { callbackChunks, type Bundle } from './vite/callback-chunks.js';

/** Options of {@link sesamyPreload}. */
export interface SesamyPreloadOptions {
  /** The `mode` of the session. The other modes have no callback that loads code. Default `refresh-token`. */
  readonly mode?: 'refresh-token' | 'sso-cookie' | undefined;
}

/** The page that Vite is building. */
interface PageContext {
  readonly path: string;
  readonly bundle?: Bundle | undefined;
  readonly chunk?: { readonly fileName: string } | undefined;
}

interface ScriptTag {
  tag: 'script';
  children: string;
  injectTo: 'head-prepend';
}

/** A plugin of Vite. */
export interface SesamyPreloadPlugin {
  name: string;
  apply: 'build';
  configResolved: (config: { readonly base: string }) => void;
  transformIndexHtml: {
    order: 'post';
    handler: (html: string, context: PageContext) => ScriptTag[];
  };
}

/**
 * A Vite plugin that shortens the return from a login by one round trip: the page of a callback requests the code of
 * the callback together with the app's own, rather than after it. Other pages request nothing more.
 *
 * It adds an inline script to the page of a build. With a Content Security Policy, set Vite's `html.cspNonce`, which
 * the script is given.
 *
 * @see https://vite.dev/guide/features.html#content-security-policy-csp
 */
export function sesamyPreload({
  mode = 'refresh-token',
}: SesamyPreloadOptions = {}): SesamyPreloadPlugin {
  let base = '/';
  return {
    name: 'sesamy-preload',
    apply: 'build',
    configResolved(config) {
      ({ base } = config);
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { path, bundle, chunk }) {
        if (bundle === undefined || chunk === undefined) return [];
        const files = callbackChunks(bundle, chunk.fileName, mode);
        if (files.length === 0) return [];
        const prefix = base === '' || base === './' ? toRoot(path) : base;
        const urls = files.map((file) => prefix + file);
        return [{ tag: 'script', children: preloadScript(urls), injectTo: 'head-prepend' }];
      },
    },
  };
}

/** Returns the way from a page to the root of the build. */
function toRoot(path: string): string {
  return '../'.repeat(path.split('/').length - 2) || './';
}

/** The kit marks the `state` of its logins with its name. */
function preloadScript(urls: readonly string[]): string {
  const list = JSON.stringify(urls).replaceAll('<', '\\u003c');
  return `if(/[?&]state=[^&]*sesamy-kit/.test(location.search))for(const href of ${list})document.head.append(Object.assign(document.createElement("link"),{rel:"modulepreload",href}))`;
}

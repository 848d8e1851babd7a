import { pageChunks, type Bundle, type PreloadedMode } from './vite/page-chunks.js';

/** Options of {@link sesamyPreload}. */
export interface SesamyPreloadOptions {
  /** The `mode` of the session. Default `refresh-token`. */
  readonly mode?: PreloadedMode | undefined;
  /**
   * Which pages preload the code of logins and callbacks: with `callback`, only the page that a login returns to; with
   * `all`, every page, at low priority, so that a click on a login button waits for no code. Default `callback`.
   */
  readonly pages?: 'callback' | 'all' | undefined;
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
 * the callback together with the app's own, rather than after it. With `pages: 'all'` other pages do so as well, for the
 * next login or the session that they restore.
 *
 * It adds an inline script to the page of a build. With a Content Security Policy, set Vite's `html.cspNonce`, which
 * the script is given.
 *
 * @see https://vite.dev/guide/features.html#content-security-policy-csp
 */
export function sesamyPreload({
  mode = 'refresh-token',
  pages = 'callback',
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
        const { own, onDemand } = pageChunks(bundle, chunk.fileName, mode);
        if (onDemand.length === 0) return [];
        const prefix = base === '' || base === './' ? toRoot(path) : base;
        const toUrl = (file: string): string => prefix + file;
        const children = preloadScript(own.map(toUrl), onDemand.map(toUrl), pages);
        return [{ tag: 'script', children, injectTo: 'head-prepend' }];
      },
    },
  };
}

/** Returns the way from a page to the root of the build. */
function toRoot(path: string): string {
  return '../'.repeat(path.split('/').length - 2) || './';
}

/**
 * Returns the inline script. It requests the page's own code first: a browser sends six requests at once to a server
 * without HTTP/2. The kit marks the `state` of its logins with its name.
 */
function preloadScript(
  own: readonly string[],
  onDemand: readonly string[],
  pages: 'callback' | 'all',
): string {
  const isCallback = '/[?&]state=[^&]*sesamy-kit/.test(location.search)';
  const preload = `[[${list(own)},"auto"],[${list(onDemand)},isCallback?"auto":"low"]].forEach(([urls,fetchPriority])=>urls.forEach((href)=>document.head.append(Object.assign(document.createElement("link"),{rel:"modulepreload",href,fetchPriority}))))`;
  return `{const isCallback=${isCallback};${pages === 'all' ? '' : 'if(isCallback)'}${preload}}`;
}

/** Returns the URLs for a script in a page. */
function list(urls: readonly string[]): string {
  return JSON.stringify(urls).replaceAll('<', '\\u003c');
}

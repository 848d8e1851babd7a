import { extname } from 'node:path';
import { Hono } from 'hono';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The content of the page's `<meta>` elements. */
export interface PageConfig {
  /** Default: the page keeps a refresh token. */
  readonly mode?: 'refresh-token' | 'sso-cookie' | 'token-handler' | 'auto';
  readonly fallbackMode?: 'refresh-token';
  /** Omitted where the page sends requests to its own origin only. */
  readonly issuer?: string;
  /** Omitted like the issuer. */
  readonly apiUrl?: string;
  readonly clientId: string;
  /** Whether pages of other origins may show the page in a frame. Default `false`. */
  readonly isFramable?: boolean;
  /** Default: the page has no backend. */
  readonly backendUrl?: string;
}

/** Reads a built file by its name, such as `index.html`; null when there is none. */
export type ReadBuiltFile = (name: string) => Promise<Uint8Array<ArrayBuffer> | null>;

/**
 * Serves a built page as a careful publisher would: any path returns the page, under a
 * Content-Security-Policy that allows no inline script or style and no HTML from strings.
 */
export function createPageServer(readBuiltFile: ReadBuiltFile, readConfig: () => PageConfig): Hono {
  const app = new Hono();
  app.get('*', async (c) => {
    const { pathname } = new URL(c.req.url);
    const type = types[extname(pathname)];
    if (type === undefined) {
      const config = readConfig();
      const page = new TextDecoder().decode((await readBuiltFile('index.html')) ?? undefined);
      return c.body(withConfig(page, config), 200, {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'content-security-policy': contentSecurityPolicy(config),
        'referrer-policy': 'no-referrer',
      });
    }
    const file = await readBuiltFile(pathname.slice(1));
    return file === null ? c.notFound() : c.body(file, 200, { 'content-type': type });
  });
  return app;
}

function withConfig(page: string, config: PageConfig): string {
  const values = {
    'sesamy-mode': config.mode ?? '',
    'sesamy-fallback-mode': config.fallbackMode ?? '',
    'sesamy-issuer': config.issuer ?? '',
    'sesamy-api-url': config.apiUrl ?? '',
    'sesamy-client-id': config.clientId,
    'sesamy-backend': config.backendUrl ?? '',
  };
  return Object.entries(values).reduce(
    (html, [name, value]) =>
      html.replace(new RegExp(`(<meta name="${name}" content=")[^"]*`), `$1${value}`),
    page,
  );
}

function contentSecurityPolicy({
  mode,
  issuer,
  apiUrl,
  backendUrl,
  isFramable = false,
}: PageConfig): string {
  const sesamy = originsOf([issuer, apiUrl]);
  const own = mode === 'token-handler' || mode === 'auto' ? ["'self'"] : [];
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // Users' pictures may be on any host.
    `img-src ${["'self'", 'https:', ...sesamy].join(' ')}`,
    `connect-src ${[...own, ...sesamy, backendUrl ?? ''].join(' ')}`.trim(),
    ...(mode === 'sso-cookie' || mode === 'auto'
      ? [`frame-src ${originsOf([issuer]).join(' ')}`]
      : []),
    "base-uri 'none'",
    "form-action 'none'",
    ...(isFramable ? [] : ["frame-ancestors 'none'"]),
    "require-trusted-types-for 'script'",
  ].join('; ');
}

function originsOf(urls: readonly (string | undefined)[]): string[] {
  const origins = urls.flatMap((url) => (url === undefined ? [] : [new URL(url).origin]));
  return [...new Set(origins)];
}

import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** What the page is told in its `<meta>` elements. */
export interface DemoConfig {
  readonly issuer: string;
  readonly apiUrl: string;
  readonly clientId: string;
}

/**
 * Serves the built demo as a careful publisher would: any path answers with the page, under a
 * Content-Security-Policy that allows no inline script or style.
 */
export function createDemoServer(readConfig: () => DemoConfig): Hono {
  const app = new Hono();
  app.get('*', async (c) => {
    const { pathname } = new URL(c.req.url);
    const type = types[extname(pathname)];
    if (type === undefined) {
      const config = readConfig();
      return c.body(withConfig(await readPage(), config), 200, {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy': contentSecurityPolicy(config),
        'referrer-policy': 'no-referrer',
      });
    }
    const file = await readFile(join(dist, normalize(pathname))).catch(() => null);
    return file === null ? c.notFound() : c.body(file, 200, { 'content-type': type });
  });
  return app;
}

async function readPage(): Promise<string> {
  return readFile(join(dist, 'index.html'), 'utf8').catch((error: unknown) => {
    throw new Error('The demo is not built: run "npm run build" first.', { cause: error });
  });
}

function withConfig(page: string, config: DemoConfig): string {
  const values = {
    'sesamy-issuer': config.issuer,
    'sesamy-api-url': config.apiUrl,
    'sesamy-client-id': config.clientId,
  };
  return Object.entries(values).reduce(
    (html, [name, value]) =>
      html.replace(new RegExp(`(<meta name="${name}" content=")[^"]*`), `$1${value}`),
    page,
  );
}

function contentSecurityPolicy({ issuer, apiUrl }: DemoConfig): string {
  const sesamy = [...new Set([new URL(issuer).origin, new URL(apiUrl).origin])].join(' ');
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' ${sesamy}`,
    `connect-src ${sesamy}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

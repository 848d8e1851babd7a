import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { build, defaultClientConditions, type InlineConfig } from 'vite';
import { sesamyPreload } from '../src/vite.js';

const callback = '?code=1&state=abc%3Bsesamy-kit%3Aapp%40https%3A%2F%2Fissuer%2F%3Bredirect';

const page = (script: string): string =>
  `<!doctype html><html><head></head><body><script type="module" src="${script}"></script></body></html>`;

const files: Readonly<Record<string, string>> = {
  '/app/main.js':
    "import { createSesamySession } from '@sesamy-kit/session'; window.session = createSesamySession;",
  '/app/other.js': 'window.other = true;',
};

/** Builds a page with the script; resolves to its HTML and the names of its files. */
async function buildPage(
  script: string,
  {
    plugin = sesamyPreload(),
    name = 'index.html',
    ...config
  }: InlineConfig & {
    readonly plugin?: ReturnType<typeof sesamyPreload>;
    readonly name?: string;
  } = {},
): Promise<{ readonly html: string; readonly scripts: readonly string[] }> {
  const input = `${import.meta.dirname}/${name}`;
  const result = await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@sesamy-kit/source', ...defaultClientConditions] },
    ...config,
    build: { write: false, rollupOptions: { input }, ...config.build },
    plugins: [
      {
        name: 'files',
        resolveId: (id) => (id === input || id in files ? id : undefined),
        load: (id) => (id === input ? page(script) : files[id]),
      },
      plugin,
    ],
  });
  const [built] = Array.isArray(result) ? result : [result];
  if (built === undefined || !('output' in built)) throw new Error('Vite built nothing.');
  const html = built.output.find(({ fileName }) => fileName.endsWith('.html'));
  if (html?.type !== 'asset') throw new Error('Vite built no page.');
  return {
    html: String(html.source),
    scripts: built.output.filter(({ type }) => type === 'chunk').map(({ fileName }) => fileName),
  };
}

/** A preload of a page. */
interface Preload {
  readonly rel: string;
  readonly href: string;
  readonly fetchPriority: string;
}

/** Runs the inline script of a page at a URL; returns the links that it adds. */
function linksAt(html: string, search: string): readonly Preload[] {
  const script = /<script[^>]*>(\{const isCallback.*?)<\/script>/s.exec(html)?.[1] ?? '';
  const links: Preload[] = [];
  const document = {
    createElement: () => ({}),
    head: { append: (link: Preload) => links.push(link) },
  };
  runInNewContext(script, { document, location: { search } });
  return links;
}

/** Returns what a page preloads at a URL. */
function preloadsAt(html: string, search: string): string[] {
  return linksAt(html, search).map(({ rel, href }) =>
    rel === 'modulepreload' ? href : 'not a preload',
  );
}

const namesOf = (urls: readonly string[]): string[] =>
  urls.map((url) => url.replace(/^.*\/|-[\w-]{8}\.js$/g, ''));

describe('a page that is built with sesamyPreload()', () => {
  test('preloads the core, its driver and the login at a callback', async () => {
    const { html, scripts } = await buildPage('/app/main.js');
    const preloads = preloadsAt(html, callback);
    expect(namesOf(preloads)).toEqual(
      expect.arrayContaining(['login', 'refresh-token-mode', 'session-core']),
    );
    for (const url of preloads) expect(scripts).toContain(url.slice(1));
  });

  test("requests the app's own code first", async () => {
    const { html } = await buildPage('/app/main.js');
    const [first] = preloadsAt(html, callback);
    expect(html).toContain(`<script type="module" crossorigin src="${first ?? ''}">`);
  });

  test('preloads the driver of its mode', async () => {
    const { html } = await buildPage('/app/main.js', {
      plugin: sesamyPreload({ mode: 'sso-cookie' }),
    });
    const names = namesOf(preloadsAt(html, callback));
    expect(names).toContain('sso-cookie-mode');
    expect(names).not.toContain('token-handler-mode');
  });

  test("preloads its token handler's driver and no login protocol", async () => {
    const { html } = await buildPage('/app/main.js', {
      plugin: sesamyPreload({ mode: 'token-handler' }),
    });
    const names = namesOf(preloadsAt(html, callback));
    expect(names).toEqual(expect.arrayContaining(['token-handler-mode', 'session-core']));
    expect(names).not.toContain('login');
  });

  test('preloads the same code on every page, at low priority, with pages "all"', async () => {
    const { html } = await buildPage('/app/main.js', { plugin: sesamyPreload({ pages: 'all' }) });
    const links = linksAt(html, '');
    const namesAt = (wanted: string): string[] =>
      namesOf(links.filter((link) => link.fetchPriority === wanted).map(({ href }) => href));
    expect(namesAt('low')).toEqual(
      expect.arrayContaining(['login', 'refresh-token-mode', 'session-core']),
    );
    expect(html).toContain(`src="${links[0]?.href ?? ''}"`);
    expect(links[0]?.fetchPriority).toBe('auto');
    expect(preloadsAt(html, '')).toEqual(preloadsAt(html, callback));
  });

  test('preloads the code of a callback at no low priority', async () => {
    const { html } = await buildPage('/app/main.js', { plugin: sesamyPreload({ pages: 'all' }) });
    const priorities = linksAt(html, callback).map(({ fetchPriority }) => fetchPriority);
    expect(new Set(priorities)).toEqual(new Set(['auto']));
  });

  test.each(['', '?state=other&code=1', '?q=sesamy-kit'])(
    'preloads nothing at the URL "%s"',
    async (search) => {
      const { html } = await buildPage('/app/main.js');
      expect(preloadsAt(html, search)).toEqual([]);
    },
  );

  test('preloads from the base of the build', async () => {
    const { html } = await buildPage('/app/main.js', { base: 'https://cdn.example/app/' });
    const preloads = preloadsAt(html, callback);
    expect(namesOf(preloads)).toContain('session-core');
    expect(preloads.filter((url) => !url.startsWith('https://cdn.example/app/assets/'))).toEqual(
      [],
    );
  });

  test('preloads relative to a nested page if the base is relative', async () => {
    const { html } = await buildPage('/app/main.js', { base: './', name: 'a/b/index.html' });
    const preloads = preloadsAt(html, callback);
    expect(namesOf(preloads)).toContain('session-core');
    expect(preloads.filter((url) => !url.startsWith('../../assets/'))).toEqual([]);
  });

  test('has the nonce of the Content Security Policy at its inline script', async () => {
    const { html } = await buildPage('/app/main.js', { html: { cspNonce: 'NONCE' } });
    expect(html).toMatch(/<script nonce="NONCE">\{const isCallback/);
  });

  test('has no inline script if it does not use the kit', async () => {
    expect((await buildPage('/app/other.js')).html).not.toContain('isCallback');
  });

  test('has no inline script if the build is one file', async () => {
    const { html } = await buildPage('/app/main.js', {
      build: { rollupOptions: { output: { codeSplitting: false } } },
    });
    expect(html).not.toContain('isCallback');
  });
});

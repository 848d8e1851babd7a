import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildHarness } from '../support/built-harness.js';
import { expect, test } from '../support/harness-test.js';
import { listen, type Listening } from '../support/listen.js';
import { runInOneEngine } from '../support/one-engine.js';
import { createPageServer, type PageConfig } from '../support/page-server.js';

/*
 * Chromium prerenders nothing while a debugger is attached, as Playwright's is. So the browser is started without one,
 * and the pages report to a server.
 */

runInOneEngine(test);

// The headless shell cannot prerender.
const CHROMIUM = '/usr/bin/chromium';
test.skip(!existsSync(CHROMIUM), 'Debian’s package chromium is not installed.');

/** A page that has the browser prerender `/guarded`, and navigates there on command of the server. */
const HOME = `<!doctype html>
<title>Home</title>
<script type="speculationrules">
  { "prerender": [{ "source": "list", "urls": ["/guarded"], "eagerness": "immediate" }] }
</script>
<script>
  fetch('/go').then(() => { location.href = '/guarded'; });
</script>`;

interface Pages extends Listening {
  /** Resolves when the guarded page has been prerendered for a while; the report of its script. */
  readonly prerendered: Promise<string>;
  /** Lets the user go to the prerendered page. */
  go(): void;
}

async function servePages(config: () => PageConfig): Promise<Pages> {
  const app = createPageServer(await buildHarness(), config);
  let report = (_isPrerendering: string): void => {};
  let go = (): void => {};
  const prerendered = new Promise<string>((resolve) => (report = resolve));
  const gone = new Promise<void>((resolve) => (go = resolve));
  const listening = await listen(async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/') {
      return new Response(HOME, { headers: { 'content-type': 'text/html' } });
    }
    if (pathname === '/go') await gone;
    if (pathname === '/report.svg') report(searchParams.get('prerendering') ?? '');
    if (pathname === '/go' || pathname === '/report.svg') return new Response();
    return app.fetch(request);
  });
  return { ...listening, prerendered, go };
}

test('a prerendered page with a guard begins no login until it is visible', async ({ site }) => {
  const pages = await servePages(() => site.config);
  const url = `http://localhost:${String(pages.port)}/`;
  site.mock.control.clients.update(site.config.clientId, { callbacks: [url] });
  const profile = await mkdtemp(join(tmpdir(), 'sesamy-kit-prerendering-'));
  const switches = ['--headless=new', '--no-sandbox', '--no-first-run', '--disable-gpu'];
  const browser = spawn(CHROMIUM, [...switches, `--user-data-dir=${profile}`, url], {
    stdio: 'ignore',
  });
  const closed = new Promise((resolve) => browser.once('close', resolve));
  const countLogins = (): number => site.mock.control.requests.count({ endpoint: 'authorize' });
  try {
    expect(await pages.prerendered).toBe('true');
    expect(site.mock.control.requests.list()).toEqual([]);
    pages.go();
    await expect.poll(countLogins).toBe(1);
  } finally {
    browser.kill('SIGKILL');
    await closed;
    await pages.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  }
});

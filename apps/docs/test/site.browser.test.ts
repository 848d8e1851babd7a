import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { browserPath } from '../../../packages/tooling/browsers.mjs';
import { serve, type Running } from '../../../packages/tooling/foreign/site.js';

const docsDirectory = join(import.meta.dirname, '..');
const run = promisify(execFile);
const options = { cwd: docsDirectory, env: { ...process.env, NODE_ENV: 'production' } };
await run(process.execPath, ['api.mjs'], options);
// Lists the pages of the API reference, which exist only now.
const { groups } = await import('../.vitepress/navigation.js');

const executablePath = browserPath('chromium');
const pages = ['index', ...groups.flatMap(({ pages }) => pages.map(([, page]) => page))];
/** A slow machine takes its time for a long page. */
const PATIENCE_MS = 300_000;
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

const dist = mkdtempSync(join(tmpdir(), 'docs-'));
let site: Running;
let browser: Browser;

beforeAll(async () => {
  const vitepress = join(docsDirectory, 'node_modules/.bin/vitepress');
  await run(vitepress, ['build', '--outDir', dist], options);
  await run(process.execPath, ['live.mjs', dist], options);
  await run(process.execPath, ['demo.mjs', dist], options);
  site = await serve(dist);
  browser = await chromium.launch(executablePath === undefined ? {} : { executablePath });
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await site?.close();
  rmSync(dist, { recursive: true });
});

async function open(page: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const tab = await context.newPage();
  const response = await tab.goto(`${site.url}${page}.html`);
  expect(response?.status()).toBe(200);
  return tab;
}

// The pages of the API reference are made alike, and so are the decisions.
const isAlike = (page: string): boolean => /^(?:api|packages)\/.*\/|^decisions\/\d/.test(page);
const samples = ['api/', 'decisions/'].flatMap((folder) =>
  pages.filter((page) => isAlike(page) && page.startsWith(folder)).slice(-1),
);

test('the samples are a page of the API reference and a decision', () => {
  expect(samples).toHaveLength(2);
});

test.each([...pages.filter((page) => !isAlike(page)), ...samples])(
  'the page %s has no violation of the accessibility rules',
  { timeout: PATIENCE_MS },
  async (page) => {
    const axe = new AxeBuilder({ page: await open(page) });
    expect(await violations(axe.disableRules('color-contrast'))).toEqual([]);
  },
);

// These have all that the theme colours. The rule takes seconds for a page.
test.each(['index', 'get-started', 'modes', 'errors', 'packages/react', ...samples])(
  'the page %s has enough contrast in light and in dark colours',
  { timeout: PATIENCE_MS },
  async (page) => {
    const tab = await open(page, { colorScheme: 'light' });
    const contrast = (): Promise<readonly string[]> =>
      violations(new AxeBuilder({ page: tab }).withRules('color-contrast'));
    const light = await contrast();
    await tab.emulateMedia({ colorScheme: 'dark' });
    expect({ light, dark: await contrast() }).toEqual({ light: [], dark: [] });
  },
);

test.each(pages)('the page %s fits a phone of 360 px', { timeout: PATIENCE_MS }, async (page) => {
  const tab = await open(page, { viewport: PHONE.viewport });
  expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

async function violations(axe: AxeBuilder): Promise<readonly string[]> {
  const { violations: found } = await axe.analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

test('the search finds an error by its code and leads to it', async () => {
  const tab = await open('index');
  await tab.keyboard.press('Control+k');
  await tab.getByPlaceholder('Search').fill('popup_blocked');
  await tab.locator('.result').first().click();
  await tab.getByText('popup_blocked').first().waitFor();
});

test('the outline of the changelog lists the packages with their versions', async () => {
  const tab = await open('changelog');
  const outline = tab.getByRole('navigation', { name: 'On this page' });
  await outline.getByRole('link', { name: '@sesamy-kit/react' }).waitFor();
  expect(await tab.getByRole('heading', { level: 1 }).count()).toBe(1);
});

test('a page of the API reference leads to the page of its package', async () => {
  const tab = await open('api/@sesamy-kit/session/testing');
  await tab.getByRole('link', { name: 'The page of the package' }).click();
  await tab.getByRole('heading', { name: '@sesamy-kit/session', level: 1 }).waitFor();
});

test('the menu of a phone leads to a page', async () => {
  const tab = await open('get-started', PHONE);
  await tab.getByRole('button', { name: 'Menu' }).click();
  await tab.getByRole('link', { name: 'Choosing a mode' }).first().click();
  await tab.getByRole('heading', { name: 'Choosing a mode', level: 1 }).waitFor();
});

test('the site follows the colours of the system, and a switch changes them', async () => {
  const tab = await open('get-started', { colorScheme: 'dark' });
  const isDark = (): Promise<boolean> =>
    tab.evaluate(() => document.documentElement.classList.contains('dark'));
  expect(await isDark()).toBe(true);
  await tab
    .getByRole('switch', { name: /light theme/i })
    .first()
    .click();
  expect(await isDark()).toBe(false);
});

test(
  'the demo of the site logs a reader in at a mock in the browser',
  { timeout: PATIENCE_MS },
  async () => {
    const tab = await open('try-it');
    tab.setDefaultTimeout(60_000);
    await tab.getByRole('link', { name: 'Open the demo' }).click();
    await tab.getByRole('banner').getByRole('button', { name: 'Log in' }).click();
    await tab.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
    await tab.getByRole('banner').getByRole('button', { name: 'Log out' }).waitFor();
    expect(tab.url()).toBe(`${site.url}demo/`);
  },
);

test('the HTML of a page has the frame of its live example, before any script runs', () => {
  const html = readFileSync(join(dist, 'get-started.html'), 'utf8');
  expect(html).toContain('<iframe class="live-example" src="/live/get-started.html"');
});

test('a live example is loaded when it is scrolled to, and logs in on the page', async () => {
  const tab = await open('get-started');
  tab.setDefaultTimeout(60_000);
  const frame = tab.frameLocator('iframe');
  await tab.locator('iframe').scrollIntoViewIfNeeded();
  await frame.getByRole('button', { name: 'Log in' }).click();
  await frame.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
  await frame.getByText('Ada Lovelace, you are authenticated.').waitFor();
  expect(tab.url()).toBe(`${site.url}get-started.html`);
});

test('llms.txt lists every page, and each has its text as Markdown', () => {
  const list = readFileSync(join(dist, 'llms.txt'), 'utf8');
  for (const page of pages.slice(1)) {
    expect(list).toContain(`(/${page}.md)`);
    const text = readFileSync(join(dist, `${page}.md`), 'utf8');
    expect(text).toMatch(/^# /);
    expect(text).not.toContain('<!--');
    expect(text).not.toContain('<LiveExample');
    expect(readFileSync(join(dist, 'llms-full.txt'), 'utf8')).toContain(text);
  }
  expect(list).toContain('- [Offline](/offline.md): The kit remembers the user: ');
});

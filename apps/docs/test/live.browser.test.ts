import { AxeBuilder } from '@axe-core/playwright';
import { chromium, firefox, type Browser, type FrameLocator, type Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { browserPath } from '../../../packages/tooling/browsers.mjs';
import { serve, type Running } from '../../../packages/tooling/foreign/site.js';

const docsDirectory = join(import.meta.dirname, '..');
const dist = mkdtempSync(join(tmpdir(), 'live-'));
const names = ['get-started', 'profile', 'step-up'];
/** A slow machine takes its time. */
const PATIENCE_MS = 180_000;
const WAIT_MS = 60_000;

let site: Running;

beforeAll(async () => {
  execFileSync(process.execPath, [join(docsDirectory, 'live.mjs'), dist]);
  for (const name of names) {
    const frame = `<iframe title="Example" src="live/${name}.html" style="width: 100%; height: 400px"></iframe>`;
    writeFileSync(
      join(dist, `${name}.html`),
      `<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1>${frame}</main></html>`,
    );
  }
  site = await serve(dist);
}, PATIENCE_MS);
afterAll(async () => {
  await site.close();
  rmSync(dist, { recursive: true });
});

test('every live example of the documentation has a page, and each page is shown somewhere', () => {
  const texts = readdirSync(docsDirectory)
    .filter((file) => file.endsWith('.md'))
    .map((file) => readFileSync(join(docsDirectory, file), 'utf8'))
    .join('\n');
  const shown = [...texts.matchAll(/<LiveExample name="([\w-]+)"/g)].map(([, name = '']) => name);
  const built = readdirSync(join(dist, 'live')).filter((file) => file.endsWith('.html'));
  expect(shown.toSorted()).toEqual(names);
  expect(built.map((file) => file.replace('.html', '')).toSorted()).toEqual(names);
});

const firefoxPath = browserPath('firefox');
const browsers = {
  Chromium: () => {
    const executablePath = browserPath('chromium');
    return chromium.launch(executablePath === undefined ? {} : { executablePath });
  },
  Firefox: () =>
    firefox.launch({
      firefoxUserPrefs: { 'dom.disable_open_during_load': false },
      // A stock Firefox speaks WebDriver BiDi; only Playwright's own build speaks its protocol.
      ...(firefoxPath !== undefined && { executablePath: firefoxPath, channel: 'moz-firefox' }),
    }),
};

describe.each(Object.entries(browsers))('in %s', (name, launch) => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  }, PATIENCE_MS);
  afterAll(() => browser.close());

  /** A page with the example in a frame, in a browser that nothing has been stored in. */
  async function open(example: string): Promise<{ page: Page; frame: FrameLocator }> {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    onTestFinished(() => context.close());
    context.setDefaultTimeout(WAIT_MS);
    const page = await context.newPage();
    await page.goto(`${site.url}${example}.html`);
    return { page, frame: page.frameLocator('iframe') };
  }

  async function logIn(frame: FrameLocator): Promise<void> {
    await frame.getByRole('button', { name: 'Log in' }).click();
    await frame.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
  }

  test(
    `a live example logs in and out in its frame, without a service worker, in ${name}`,
    async () => {
      const { page, frame } = await open('get-started');
      await logIn(frame);
      await frame.getByText('Ada Lovelace, you are authenticated.').waitFor();
      expect(page.url()).toBe(`${site.url}get-started.html`);
      expect(await page.evaluate(() => navigator.serviceWorker.getRegistrations())).toEqual([]);
      await page.reload();
      await frame.getByRole('button', { name: 'Log out' }).click();
      await frame.getByText('You are unauthenticated.').waitFor();
    },
    PATIENCE_MS,
  );

  test(
    `a live example edits the profile, which a reload shows, in ${name}`,
    async () => {
      const { page, frame } = await open('profile');
      await logIn(frame);
      await frame.getByRole('button', { name: 'Move to Turku' }).click();
      await frame.getByText('Delivered to Turku').waitFor();
      await page.waitForLoadState('networkidle');
      await page.reload();
      await frame.getByText('Delivered to Turku').waitFor();
    },
    PATIENCE_MS,
  );

  test(
    `a live example logs in again by popup as its API requires, in ${name}`,
    async () => {
      const { page, frame } = await open('step-up');
      await logIn(frame);
      await frame.getByRole('button', { name: 'Close my account' }).click();
      const opened = page.waitForEvent('popup');
      await frame.getByRole('button', { name: 'Log in' }).click();
      const popup = await opened;
      await popup.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
      await frame.getByText('Your account is closed.').waitFor();
    },
    PATIENCE_MS,
  );

  test.runIf(name === 'Chromium').each(names)(
    'the live example %s and its login page have no violation of the accessibility rules and fit 360 px',
    async (example) => {
      const { page, frame } = await open(example);
      const login = frame.getByRole('button', { name: 'Log in' });
      const other = frame.getByRole('button', { name: 'Continue as Ada Lovelace' });
      for (const step of [login, other]) {
        await step.waitFor();
        // The page around it has a <main> as well as the login page, which usually is not in a frame.
        const axe = new AxeBuilder({ page }).disableRules(step === other ? 'landmark-unique' : []);
        const { violations } = await axe.analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
        const width = await step.evaluate(() => document.documentElement.scrollWidth);
        expect(width).toBeLessThanOrEqual(360);
        await step.click();
      }
    },
    PATIENCE_MS,
  );
});

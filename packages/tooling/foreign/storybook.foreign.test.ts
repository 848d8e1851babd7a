import type { Browser, Page } from '@playwright/test';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { root } from '../processes.mjs';
import { allBlocks } from './code-blocks.js';
import { npmStart, openExample, testExample, until } from './example.js';
import { INSTALL_LIMIT_MS, RUN_LIMIT_MS, type Project } from './project.js';
import { freePort, launchChromium, serve, type Running } from './site.js';

const pictures = join(root, 'test-results/storybook');

/** Where the example has the blocks of the papers. */
const paths = new Map([
  ['preview.ts', '.storybook/preview.ts'],
  ['account.stories.tsx', 'src/account.stories.tsx'],
]);

let project: Project;

beforeAll(async () => {
  project = await openExample('storybook');
}, INSTALL_LIMIT_MS);

test('the example storybook has the stories of the papers', () => {
  const blocks = allBlocks.filter((block) => block.project === 'storybook');
  expect(blocks.length).toBe(paths.size);
  for (const { file = '', code } of blocks) {
    const path = join(project.directory, paths.get(file) ?? file);
    expect(readFileSync(path, 'utf8')).toBe(code);
  }
});

test(
  'npm start runs the example storybook',
  async () => {
    const port = await freePort();
    const { stop } = await npmStart(project.directory, [`--port=${port}`, '--ci']);
    onTestFinished(stop);
    await until(`http://localhost:${port}/`);
  },
  RUN_LIMIT_MS,
);

describe('a story with a session of the example storybook, which passes its own test', () => {
  let site: Running;
  let browser: Browser;

  beforeAll(async () => {
    // It compiles and builds the stories.
    expect(await testExample(project)).toContain('7 passed');
    site = await serve(join(project.directory, 'storybook-static'));
    browser = await launchChromium();
    mkdirSync(pictures, { recursive: true });
  }, RUN_LIMIT_MS);

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  /** Opens a story, and takes its picture at the end of the test. */
  async function openStory(id: string): Promise<{ page: Page; requests: readonly string[] }> {
    const page = await browser.newPage({ viewport: { width: 480, height: 320 } });
    onTestFinished(async () => {
      await page.screenshot({ path: join(pictures, `${id}.png`) });
      await page.close();
    });
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(`${site.url}iframe.html?id=account--${id}&viewMode=story`);
    return { page, requests };
  }

  test(
    'a story renders the signed-in user and the profile',
    async () => {
      const { page, requests } = await openStory('signed-in');
      await page.getByText('Hello Ada').waitFor();
      await page.getByText('Delivery to London').waitFor();
      expect(requests.filter((url) => !url.startsWith(site.url))).toEqual([]);
    },
    RUN_LIMIT_MS,
  );

  test('a story renders the login to a signed-out user, and stays when it is clicked', async () => {
    const { page } = await openStory('signed-out');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.locator('button[aria-busy=true]').waitFor();
    expect(page.url()).toContain('signed-out');
  });

  test('a story stays in the state of loading', async () => {
    const { page } = await openStory('loading');
    await page.getByText('One moment').waitFor();
    expect(await page.getByRole('button').count()).toBe(0);
  });

  test('a story renders the error of a refused login', async () => {
    const { page } = await openStory('refused');
    const alert = page.getByRole('alert').filter({ hasText: 'access_denied' });
    expect(await alert.textContent()).toBe('The login failed: access_denied');
  });

  test('a story gives its play function the session', async () => {
    const { page } = await openStory('step-up');
    const finished = await page.waitForFunction(() => {
      const channel: unknown = Reflect.get(globalThis, '__STORYBOOK_ADDONS_CHANNEL__');
      return (channel as StoryChannel | undefined)?.last('storyFinished');
    });
    expect(await finished.jsonValue()).toMatchObject([
      { storyId: 'account--step-up', status: 'success' },
    ]);
  });
});

/** What Storybook's parts tell each other. */
interface StoryChannel {
  last(event: string): unknown;
}

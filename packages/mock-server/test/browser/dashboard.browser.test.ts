import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Locator, Page } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMockServer, type MockServer } from '../../src/index.js';
import { chromiumPath, launchChromium } from '../support/browser.js';

describe.skipIf(chromiumPath === undefined)('dashboard in a browser', { timeout: 180_000 }, () => {
  let browser: Browser;
  let server: MockServer;
  let url: string;
  const pages: Page[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
    server = createMockServer({ hasControlPlane: true, onWarning: () => undefined });
    ({ url } = await server.listen());
  }, 180_000);

  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  beforeEach(() => {
    server.control.reset();
    server.control.clients.add({
      clientId: 'backend',
      name: 'Backend',
      type: 'management',
      clientSecret: 'old',
    });
    return async () => {
      await Promise.all(pages.splice(0).map((page) => page.context().close()));
    };
  });

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    pages.push(page);
    await page.goto(`${url}mock`);
    if (options.javaScriptEnabled !== false)
      await page.locator('#live', { hasText: /^live$/ }).waitFor();
    return page;
  }

  async function tokenStatus(clientId: string, secret: string | null): Promise<number> {
    const grant = { grant_type: 'client_credentials', client_id: clientId };
    const body = new URLSearchParams({ ...grant, client_secret: secret ?? '' });
    return (await fetch(`${url}oauth/token`, { method: 'POST', body })).status;
  }

  function top(element: Locator): Promise<number> {
    return element.evaluate((each) => each.getBoundingClientRect().top);
  }

  async function openAll(page: Page): Promise<void> {
    await page.evaluate(() => {
      for (const each of document.querySelectorAll('main details')) each.setAttribute('open', '');
    });
  }

  /** Something in every section. */
  async function fill(): Promise<void> {
    server.control.sessions.start({ user: 'ada' });
    server.control.faults.add({ endpoint: 'jwks', status: 503 });
    await fetch(`${url}.well-known/jwks.json`);
    const authorizationUrl = new URL('authorize', url);
    authorizationUrl.search = new URLSearchParams({
      client_id: 'publisher-web',
      redirect_uri: 'http://localhost:5173/',
      response_type: 'code',
      scope: 'openid offline_access',
      state: 'state',
      nonce: 'nonce',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    }).toString();
    const callback = await server.control.signIn({
      authorizationUrl: authorizationUrl.href,
      user: 'grace',
    });
    await fetch(`${url}oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: 'publisher-web',
        redirect_uri: 'http://localhost:5173/',
        code: new URL(callback).searchParams.get('code') ?? '',
        code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
      }),
    });
  }

  describe.each([
    ['with script', true],
    ['without script', false],
  ])('%s', (_, javaScriptEnabled) => {
    test('creating an application shows its secret once', async () => {
      const page = await open({ javaScriptEnabled });
      await page.getByText('Create an application').click();
      const form = page.locator('form', { hasText: 'Create application' });
      await form.getByLabel('Name').fill('Nightly Import');
      await form.getByLabel('Type').selectOption('Management API');
      await form.getByRole('button', { name: 'Create application' }).click();
      const secret = await page.locator('.secret').textContent();
      await page.getByRole('link', { name: 'Dismiss' }).click();
      await page.locator('.secret').waitFor({ state: 'detached' });
      expect(await tokenStatus('nightly-import', secret)).toBe(200);
      expect(await page.content()).not.toContain(secret);
    });

    test('a secret can be rotated, an application revoked and activated', async () => {
      const page = await open({ javaScriptEnabled });
      await page.getByRole('button', { name: 'New secret of Backend' }).click();
      const secret = await page.locator('.secret').textContent();
      expect(await tokenStatus('backend', secret)).toBe(200);
      expect(await tokenStatus('backend', 'old')).toBe(401);
      await page.getByRole('button', { name: 'Revoke Backend' }).click();
      await page.getByRole('button', { name: 'Activate Backend' }).click();
      await page.getByRole('button', { name: 'Revoke Backend' }).waitFor();
      expect(server.control.clients.get('backend').isActive).toBe(true);
    });

    test('a reset asks for confirmation, and Cancel changes nothing', async () => {
      const page = await open({ javaScriptEnabled });
      await page.getByRole('button', { name: 'Reset everything…' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      expect(server.control.clients.list()).toHaveLength(2);
      await page.getByRole('button', { name: 'Reset everything…' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Reset everything' }).click();
      await page.getByRole('rowheader', { name: /Backend/ }).waitFor({ state: 'detached' });
      expect(server.control.clients.list()).toHaveLength(1);
    });

    test('a key rotation asks for confirmation', async () => {
      const page = await open({ javaScriptEnabled });
      const keys = async (): Promise<string> => (await fetch(`${url}.well-known/jwks.json`)).text();
      const before = await keys();
      await page.getByRole('button', { name: 'Rotate signing key…' }).click();
      expect(await keys()).toBe(before);
      await page.getByRole('dialog').getByRole('button', { name: 'Rotate signing key' }).click();
      await page.locator('.notice', { hasText: 'New tokens are signed with' }).waitFor();
      expect(await keys()).not.toBe(before);
    });

    test('a user can be added, then blocked', async () => {
      const page = await open({ javaScriptEnabled });
      await page.getByText('Add a user').click();
      await page.getByLabel('First name').fill('Joan');
      await page.getByRole('button', { name: 'Add user' }).click();
      await page.getByRole('button', { name: 'Block Joan' }).click();
      await page.getByRole('button', { name: 'Unblock Joan' }).waitFor();
      expect(server.control.users.get('joan').isBlocked).toBe(true);
    });

    test('a fault can be added and hits a request', async () => {
      const page = await open({ javaScriptEnabled });
      await page.getByText('Add a fault').click();
      await page.getByLabel('Endpoint').first().selectOption('jwks');
      await page.getByRole('spinbutton', { name: 'Status' }).fill('429');
      await page.getByText('Body, headers').click();
      await page.getByLabel('Headers').fill('retry-after: 5');
      await page.getByRole('button', { name: 'Add fault' }).click();
      await page
        .getByRole('row', { name: /responds 429, sends retry-after.*endpoint jwks/ })
        .waitFor();
      const response = await fetch(`${url}.well-known/jwks.json`);
      expect([response.status, response.headers.get('retry-after')]).toEqual([429, '5']);
    });

    test('the log can be filtered to failed requests', async () => {
      await fetch(`${url}.well-known/jwks.json`);
      await fetch(`${url}nothing`);
      const page = await open({ javaScriptEnabled });
      await page.getByLabel('Failed only').check();
      if (!javaScriptEnabled) await page.getByRole('button', { name: 'Filter' }).click();
      await page.getByRole('row', { name: /jwks/ }).waitFor({ state: 'detached' });
      await page.getByRole('row', { name: /GET \/nothing.*404 failed/ }).waitFor();
      expect(new URL(page.url()).searchParams.get('failed')).toBe('1');
    });

    test('an action keeps its section on the screen', async () => {
      server.control.sessions.start({ user: 'ada' });
      const page = await open({ javaScriptEnabled, viewport: { width: 1280, height: 500 } });
      await page.getByRole('button', { name: 'End session of ada' }).click();
      await page.getByText('No live sessions.').waitFor();
      const place = await top(page.locator('#sessions'));
      expect([place > -250, place < 500]).toEqual([true, true]);
    });
  });

  test('an action does not scroll the page or move the focus', async () => {
    const page = await open({ viewport: { width: 1280, height: 500 } });
    const button = page.getByRole('button', { name: 'Block Alan Turing' });
    await button.scrollIntoViewIfNeeded();
    await button.focus();
    const before = await page.evaluate(() => scrollY);
    await page.keyboard.press('Enter');
    const unblock = page.getByRole('button', { name: 'Unblock Alan Turing' });
    await unblock.waitFor();
    expect(await page.evaluate(() => scrollY)).toBe(before);
    expect(before).toBeGreaterThan(0);
    expect(await unblock.evaluate((each) => each === document.activeElement)).toBe(true);
  });

  test('a reload after a new secret shows no secret and rotates nothing', async () => {
    const page = await open();
    const button = page.getByRole('button', { name: 'New secret of Backend' });
    // Past the script, as before it has loaded.
    await button.evaluate((each) => each.closest('form')?.submit());
    const secret = await page.locator('.secret').textContent();
    await page.locator('#live', { hasText: /^live$/ }).waitFor();
    await page.reload();
    expect(await page.content()).not.toContain(secret);
    expect(await tokenStatus('backend', secret)).toBe(200);
  });

  test('a double click makes one new secret', async () => {
    const page = await open();
    const posts: string[] = [];
    let release = (): void => undefined;
    const bothClicks = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/mock/actions/*', async (route) => {
      posts.push(route.request().url());
      await bothClicks;
      await route.continue();
    });
    await page.getByRole('button', { name: 'New secret of Backend' }).dblclick();
    release();
    const secret = await page.locator('.secret').textContent();
    expect(posts).toHaveLength(1);
    expect(await tokenStatus('backend', secret)).toBe(200);
  });

  test('a form error is shown, and the input stays', async () => {
    const page = await open();
    await page.getByText('Create an application').click();
    const name = page.locator('form', { hasText: 'Create application' }).getByLabel('Name');
    await name.fill('Publisher Web');
    await name.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'There is an application' }).waitFor();
    expect(await name.inputValue()).toBe('Publisher Web');
  });

  test('clock, sessions and requests update live without disturbing input and focus', async () => {
    const page = await open();
    await page.getByText('Add a user').click();
    const name = page.getByLabel('First name');
    await name.fill('Half a na');
    server.control.sessions.start({ user: 'grace' });
    server.control.clock.advance({ hours: 3 });
    server.control.users.add({ id: 'kim', name: 'Kim' });
    await fetch(`${url}nothing`);
    await page.getByRole('button', { name: 'End session of grace' }).waitFor();
    await page.getByText(/3 hours.* ahead of the real time/).waitFor();
    await page.getByRole('button', { name: 'Block Kim' }).waitFor();
    await page.getByRole('row', { name: /GET \/nothing.*404 failed/ }).waitFor();
    await page.keyboard.type('me');
    expect(await name.inputValue()).toBe('Half a name');
  });

  test('showing more of a list keeps the scroll position', async () => {
    for (let count = 0; count < 60; count += 1) server.control.sessions.start({ user: 'ada' });
    const page = await open();
    const more = page.getByRole('link', { name: 'Show 10 more sessions' });
    await more.scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => scrollY);
    await more.click();
    await more.waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: 'End session of ada' }).count()).toBe(60);
    expect(await page.evaluate(() => scrollY)).toBe(before);
    expect(new URL(page.url()).search).toBe('?sessions=100');
  });

  test('Escape closes the reset dialog and focuses its button', async () => {
    const page = await open();
    const button = page.getByRole('button', { name: 'Reset everything…' });
    await button.focus();
    await page.keyboard.press('Enter');
    const cancel = page.getByRole('dialog').getByRole('button', { name: 'Cancel' });
    await cancel.waitFor();
    expect(await cancel.evaluate((each) => each === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await button.evaluate((each) => each === document.activeElement)).toBe(true);
  });

  describe.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)('%i px, %s', (width, colorScheme) => {
    test('axe finds no violations with everything open', async () => {
      await fill();
      const page = await open({ viewport: { width, height: 844 }, colorScheme });
      await openAll(page);
      await page.getByRole('button', { name: 'New secret of Backend' }).click();
      await page.locator('.secret').waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      ).toEqual([]);
    });
  });

  describe.each([1280, 768, 390, 320])('at %i px', (width) => {
    test('nothing overflows the screen, and targets are at least 24 px', async () => {
      await fill();
      const page = await open({ viewport: { width, height: 844 } });
      await openAll(page);
      const bad = await page.evaluate(() => {
        const targets = document.querySelectorAll(
          'main :is(a, button, summary, input, select, textarea), nav a',
        );
        return [...targets]
          .filter((each) => each.checkVisibility())
          .map((each) => {
            const isBox = each instanceof HTMLInputElement && each.type === 'checkbox';
            const target = isBox ? (each.closest('label') ?? each) : each;
            return { target, box: target.getBoundingClientRect() };
          })
          .filter(
            ({ target, box }) =>
              box.width < 24 ||
              box.height < 24 ||
              (!target.closest('nav') && (box.left < 0 || box.right > innerWidth)),
          )
          .map(({ target, box }) => `${target.textContent}: ${JSON.stringify(box)}`);
      });
      expect(bad).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
    });

    test('labels and fields of a row are aligned', async () => {
      const page = await open({ viewport: { width, height: 844 } });
      await openAll(page);
      const rows = await page.evaluate(() =>
        [...document.querySelectorAll('.fields')].map((row) => {
          const bottoms = [
            ...row.querySelectorAll(':scope > .field > :is(input, select, textarea)'),
          ];
          return bottoms
            .map((each) => each.getBoundingClientRect())
            .map(({ top: y, bottom }) => [y, bottom]);
        }),
      );
      // Fields beside each other share an edge; areas of text are higher than the rest.
      for (const row of rows) {
        for (const [y = 0, bottom = 0] of row) {
          const neighbours = row.filter(
            ([a = 0, b = 0]) => Math.min(b, bottom) - Math.max(a, y) > 10,
          );
          const edges = [0, 1].map((edge) => new Set(neighbours.map((each) => each[edge])).size);
          expect(Math.min(...edges)).toBe(1);
        }
      }
    });
  });

  // A layout as cards takes the roles from the elements of a table in some browsers.
  test('cards on a narrow screen keep their table roles', async () => {
    await fill();
    const page = await open({ viewport: { width: 390, height: 844 } });
    const parts = page.locator('main :is(table, thead, tbody, tr, th, td)');
    const roles = await parts.evaluateAll((all) => all.map((each) => each.getAttribute('role')));
    expect(roles).not.toContain(null);
    const users = page.getByRole('table', { name: 'Users' });
    expect(await users.getByRole('columnheader').allTextContents()).toEqual([
      'Name',
      'E-mail',
      'State',
      'Actions',
    ]);
    expect(await users.getByRole('rowheader').count()).toBe(3);
  });
});

import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMockServer, type MockServer } from '../../src/index.js';
import { chromiumPath, launchChromium } from '../support/browser.js';

describe.skipIf(chromiumPath === undefined)('dashboard in a browser', { timeout: 180_000 }, () => {
  let browser: Browser;
  let server: MockServer;
  let page: Page;
  let url: string;

  beforeAll(async () => {
    browser = await launchChromium();
    server = createMockServer({ hasControlPlane: true, onWarning: () => undefined });
    ({ url } = await server.listen());
  }, 180_000);

  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  beforeEach(async () => {
    server.control.reset();
    page = await browser.newPage();
    await page.goto(`${url}mock`);
    return () => page.close();
  });

  async function tokenStatus(clientId: string, secret: string | null): Promise<number> {
    const grant = { grant_type: 'client_credentials', client_id: clientId };
    const body = new URLSearchParams({ ...grant, client_secret: secret ?? '' });
    return (await fetch(`${url}oauth/token`, { method: 'POST', body })).status;
  }

  test('an application of type Management API shows its secret once', async () => {
    await page.getByRole('textbox', { name: 'Name' }).fill('Nightly Import');
    await page.getByLabel('Type').selectOption('Management API');
    await page.getByRole('button', { name: 'Create application' }).click();
    const secret = await page.locator('.secret code').textContent();
    await page.reload();
    expect(server.control.clients.get('nightly-import').type).toBe('management');
    expect(await tokenStatus('nightly-import', secret)).toBe(200);
    expect(await page.content()).not.toContain(secret ?? 'nothing');
  });

  test('a secret is rotated, an application revoked and activated', async () => {
    server.control.clients.add({
      clientId: 'backend',
      name: 'Backend',
      type: 'management',
      clientSecret: 'old',
    });
    await page.reload();
    await page.getByRole('button', { name: 'New secret Backend' }).click();
    const secret = await page.locator('.secret code').textContent();
    expect(await tokenStatus('backend', secret)).toBe(200);
    expect(await tokenStatus('backend', 'old')).toBe(401);
    await page.getByRole('button', { name: 'Revoke Backend' }).click();
    expect(server.control.clients.get('backend').isActive).toBe(false);
    await page.getByRole('button', { name: 'Activate Backend' }).click();
    expect(server.control.clients.get('backend').isActive).toBe(true);
  });

  test('a mistake is told on the page', async () => {
    await page.getByRole('textbox', { name: 'Name' }).fill('Publisher Web');
    await page.getByRole('button', { name: 'Create application' }).click();
    expect(await page.getByRole('status').first().textContent()).toContain(
      'There is an application publisher-web already',
    );
  });

  test('a user is blocked, a session ended', async () => {
    server.control.sessions.start({ user: 'ada' });
    await page.reload();
    await page.getByRole('button', { name: 'End session of ada' }).click();
    await page.getByRole('button', { name: 'Block Ada Lovelace' }).click();
    await page.getByRole('button', { name: 'Unblock Ada Lovelace' }).waitFor();
    expect(server.control.users.get('ada').isBlocked).toBe(true);
    expect(await page.getByText('Nobody is logged in.').isVisible()).toBe(true);
  });

  test('the clock moves and freezes', async () => {
    const before = server.control.clock.now();
    await page.getByRole('button', { name: '+ 31 days' }).click();
    await page.getByRole('button', { name: 'Freeze' }).click();
    await page.getByText('time stands still').waitFor();
    expect(server.control.clock.now() - before).toBeGreaterThanOrEqual(31 * 86_400_000);
    expect(server.control.clock.isFrozen()).toBe(true);
  });

  test('a fault is added, hits, and shows in the live request log', async () => {
    await page.getByLabel('Endpoint').selectOption('jwks');
    await page.getByLabel('What happens').selectOption('429, Retry-After 5');
    await page.getByRole('button', { name: 'Add fault' }).click();
    await page.getByText('live', { exact: true }).waitFor();
    const response = await fetch(`${url}.well-known/jwks.json`);
    const row = page.getByRole('row', { name: /jwks\.json.*429.*fault_/ });
    await row.waitFor();
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '5']);
  });
});

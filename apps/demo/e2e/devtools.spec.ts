import { expect, readShadowRoots, test, views } from './support/devtools-test.js';
import { leaksIn } from './support/leaks.js';
import { runInOneEngine } from './support/one-engine.js';

runInOneEngine(test);

test('the devtools break no rule of a strict policy with Trusted Types, and are styled', async ({
  page,
  devtools,
}) => {
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => {
      document.documentElement.dataset['violated'] = violatedDirective;
    });
  });
  const panel = await devtools.openPanel(page);
  await expect(panel).toHaveCSS('position', 'fixed');
  for (const view of views) await panel.getByRole('tab', { name: view }).click();
  await panel.getByRole('tab', { name: 'Session' }).click();
  await panel.getByRole('button', { name: 'Expire access token' }).click();
  await panel.getByRole('button', { name: 'Renew', exact: true }).click();
  await expect(panel.getByText('Renew: done.')).toBeVisible();
  await panel.getByRole('button', { name: "Advance the mock's clock by 1 h" }).click();
  await expect(panel.getByText('1 h ahead')).toBeVisible();
  await panel.getByRole('button', { name: 'Close devtools' }).click();
  expect(await page.locator('html').getAttribute('data-violated')).toBeNull();
});

test('no view of the devtools has a token, a code or an e-mail address in the document', async ({
  page,
  site,
  devtools,
}) => {
  const panel = await devtools.openPanel(page);
  await panel.getByRole('button', { name: 'Require a step-up' }).click();
  await panel.getByRole('button', { name: 'Renew', exact: true }).click();
  await expect(panel.getByText('Renew: done.')).toBeVisible();
  const shown: (readonly [place: string, text: string])[] = [];
  for (const view of views) {
    await panel.getByRole('tab', { name: view }).click();
    await expect(panel.getByRole('tabpanel', { name: view })).not.toBeEmpty();
    shown.push([view, await readShadowRoots(page)]);
  }
  expect(site.secrets.size).toBeGreaterThan(3);
  expect(leaksIn(shown, site)).toEqual([]);
  for (const [view, text] of shown) {
    expect(text.length, view).toBeGreaterThan(500);
    expect(text, view).not.toMatch(/\beyJ[\w-]{8,}|ada@|@example/i);
  }
});

test('the search finds a token that is planted in a shadow root', async ({
  page,
  site,
  devtools,
}) => {
  await devtools.openPanel(page);
  const [secret] = [...site.secrets].find(([, kind]) => kind.includes('access')) ?? [];
  expect(secret).toBeDefined();
  await page.evaluate((text) => {
    const root = document.querySelector('[data-sesamy-devtools]')?.shadowRoot;
    root?.querySelector('.bar')?.setAttribute('title', String(text));
  }, secret);
  expect(leaksIn([['the panel', await readShadowRoots(page)]], site)).toHaveLength(1);
});

test('another user is signed in at the mock from the panel, without the login page', async ({
  page,
  devtools,
}) => {
  const panel = await devtools.openPanel(page);
  await panel.getByRole('combobox', { name: 'User' }).selectOption('Grace Hopper');
  await panel.getByRole('button', { name: 'Switch' }).click();
  await expect(page.getByRole('button', { name: 'Fetch the profile of Grace' })).toBeVisible();
  await expect(panel.getByText('user.sub')).toBeVisible();
});

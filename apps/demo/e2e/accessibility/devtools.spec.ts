import { expect, test, views } from '../support/devtools-test.js';
import { runInOneEngine } from '../support/one-engine.js';
import { seriousProblems } from '../support/serious-problems.js';

runInOneEngine(test);

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('axe finds nothing serious in any view of the devtools', async ({ page, devtools }) => {
      const panel = await devtools.openPanel(page);
      await panel.getByRole('button', { name: 'Lose the network' }).click();
      for (const view of views) {
        await panel.getByRole('tab', { name: view }).click();
        expect(await seriousProblems(page, colorScheme), view).toEqual([]);
      }
      await panel.getByRole('button', { name: 'Close devtools' }).click();
      expect(await seriousProblems(page, colorScheme), 'closed').toEqual([]);
    });
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 640 } });

  test('the devtools fit a window of 360 pixels: only tables and tabs scroll sideways', async ({
    page,
    devtools,
  }) => {
    const panel = await devtools.openPanel(page);
    for (const view of views) {
      await panel.getByRole('tab', { name: view }).click();
      const tabpanel = panel.getByRole('tabpanel', { name: view });
      const widths = await tabpanel.evaluate(({ scrollWidth, clientWidth }) => ({
        scrollWidth,
        clientWidth,
        page: document.documentElement.scrollWidth,
      }));
      expect(widths, view).toEqual({ scrollWidth: 360, clientWidth: 360, page: 360 });
    }
  });
});

test('the devtools are used by keyboard alone: opened, led through, closed', async ({
  page,
  devtools,
}) => {
  const panel = await devtools.openPanel(page);
  await expect(panel.getByRole('tab', { name: 'Session' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(panel.getByRole('tab', { name: 'Timeline' })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Tab');
  await expect(panel.getByRole('tabpanel', { name: 'Session' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(panel.getByRole('button', { name: 'Expire access token' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(panel.getByText('Expire access token: done.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^Open Sesamy devtools/ })).toBeFocused();
});

test('the panel says which tab holds the lock of the session', async ({
  page,
  context,
  devtools,
}) => {
  const panel = await devtools.openPanel(page);
  const lock = panel.getByRole('region', { name: 'Lock of the tabs' });
  const name = await lock.locator('dd').last().innerText();
  const other = await context.newPage();
  await other.goto(devtools.url);
  await expect(lock.getByText('no tab')).toBeVisible();
  await other.evaluate((lockName) => {
    void navigator.locks.request(lockName, () => new Promise(() => {}));
  }, name);
  await expect(lock.getByText('another tab')).toBeVisible();
  await other.close();
  await expect(lock.getByText('no tab')).toBeVisible();
  await page.evaluate((lockName) => {
    void navigator.locks.request(lockName, () => new Promise(() => {}));
  }, name);
  await expect(lock.getByText('this tab')).toBeVisible();
});

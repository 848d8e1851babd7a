import { expect, test, views } from '../support/devtools-test.js';
import { runInOneEngine } from '../support/one-engine.js';

runInOneEngine(test);

test('the panel is a plugin of TanStack Devtools: it renders in their window, without a button of its own', async ({
  page,
  devtools,
  consoleGuard,
}) => {
  // TanStack Devtools write inline styles; the panel in them does not.
  consoleGuard.expect(/Content Security Policy/);
  await page.goto(`${devtools.url}tanstack`);
  const panel = page.getByRole('region', { name: 'Sesamy devtools' });
  await expect(panel.getByText('unauthenticated').first()).toBeVisible();
  await expect(panel).toHaveCSS('display', 'flex');
  for (const view of views) {
    await panel.getByRole('tab', { name: view }).click();
    await expect(panel.getByRole('tabpanel', { name: view })).toBeVisible();
  }
  await expect(page.getByRole('button', { name: /Sesamy devtools/ })).toHaveCount(0);
});

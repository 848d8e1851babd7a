import { expect, test, views } from '../support/devtools-test.js';
import { runInOneEngine } from '../support/one-engine.js';

runInOneEngine(test);

// TanStack Devtools themselves need inline styles and HTML from strings.
test.use({ bypassCSP: true });

test('the panel is a plugin of TanStack Devtools: it renders in their window, without a button of its own', async ({
  page,
  devtools,
}) => {
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

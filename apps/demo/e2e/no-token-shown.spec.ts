import { expect, test } from './support/test.js';
import { passTime } from './support/pass-time.js';
import { reader } from './support/reader.js';

test('no token, code or verifier shows in the address, the page, web storage or the console', async ({
  page,
  site,
  consoleGuard,
}) => {
  await reader.logIn(page);
  await passTime(site, page, { hours: 2 });
  await reader.nameIn(page).click();
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  await page.getByRole('link', { name: 'How this works' }).click();
  await expect(page.getByText('/oauth/token').first()).toBeVisible();

  const shown = await page.evaluate(() =>
    JSON.stringify([
      location.href,
      document.documentElement.outerHTML,
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      history.state,
      document.cookie,
      window.name,
    ]),
  );
  const everything = [shown, ...consoleGuard.messages].join('\n');

  // Two grants: access, refresh and ID token each, the code, the verifier.
  expect(site.secrets.size).toBeGreaterThanOrEqual(8);
  for (const secret of site.secrets) expect(everything.includes(secret)).toBe(false);
});

import { openAttacker } from '../support/modes/attacks.js';
import { expect, skipWithoutBrowser, test } from '../support/modes/modes-test.js';

skipWithoutBrowser(test);

/** How browsers treat a cookie set by another site when a page sends a request to that site. */
const policies: Readonly<Record<string, string>> = {
  'chromium-long': 'visited=yes',
  'chromium-strict': '',
  // Partitioned by top-level site.
  firefox: '',
};

test(
  'a third-party cookie is sent as expected of this browser',
  { tag: '@cookie-policy' },
  async ({ context, publisher }, { project }) => {
    const stranger = await openAttacker(context, publisher.site, 'stranger');
    await stranger.reload();
    await expect(stranger.locator('body')).toHaveText('visited=yes');
    const page = await openAttacker(context, publisher.site, 'sibling');
    const cookies = await page.evaluate(async (url) => {
      const response = await fetch(url, { credentials: 'include' });
      const document = new DOMParser().parseFromString(await response.text(), 'text/html');
      return document.body.textContent;
    }, publisher.site.origins.stranger);
    expect(cookies).toBe(policies[project.name]);
  },
);

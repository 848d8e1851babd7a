import { openAttacker } from '../support/modes/attacks.js';
import { expect, skipWithoutBrowser, test } from '../support/modes/modes-test.js';

skipWithoutBrowser(test);

/** What browsers do with a cookie that another site has set, when a page asks that site for something. */
const policies: Readonly<Record<string, string>> = {
  'chromium-long': 'visited=yes',
  'chromium-strict': '',
  // Kept apart for each site that asks.
  firefox: '',
};

test(
  'a cookie of another site goes along as this browser is known to do',
  { tag: '@cookie-policy' },
  async ({ context, publisher }, { project }) => {
    const stranger = await openAttacker(context, publisher.site, 'stranger');
    await stranger.reload();
    await expect(stranger.locator('body')).toHaveText('visited=yes');
    const page = await openAttacker(context, publisher.site, 'sibling');
    const cookies = await page.evaluate(async (url) => {
      const response = await fetch(url, { credentials: 'include' });
      const answer = new DOMParser().parseFromString(await response.text(), 'text/html');
      return answer.body.textContent;
    }, publisher.site.origins.stranger);
    expect(cookies).toBe(policies[project.name]);
  },
);

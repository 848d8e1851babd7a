import { expect, test } from '../support/modes/modes-test.js';
import { setUps } from '../support/modes/set-up.js';
import { runInOneEngine } from '../support/one-engine.js';
import { user } from '../support/user.js';

runInOneEngine(test);

/** Records the text of the user menu at the first render and at each change after that. */
function recordCorner(): void {
  const seen: string[] = [];
  Object.assign(globalThis, { cornersSeen: seen });
  const observer = new MutationObserver(() => {
    const corner = document.querySelector('.corner');
    if (corner !== null) seen.push(corner.textContent);
  });
  observer.observe(document, { childList: true, subtree: true, characterData: true });
}

for (const setUp of setUps.filter(({ mode }) => mode !== 'refresh-token')) {
  test.describe(setUp.mode, () => {
    test.use({ setUp: { ...setUp, build: 'demo' } });

    test('the demo shows the user in the first render', async ({ page, publisher }) => {
      await page.goto(publisher.site.url);
      await user.loginButton(page).click();
      await user.continueAsAda(page);
      await page.addInitScript(recordCorner);
      await page.reload();
      await expect(user.nameIn(page)).toBeVisible();
      await user.nameIn(page).click();
      await expect(page.getByLabel('First name')).toHaveValue('Ada');
      const corners = await page.evaluate(() => Reflect.get(globalThis, 'cornersSeen') as string[]);
      expect(corners.length).toBeGreaterThan(0);
      for (const corner of corners) expect(corner).toContain('Ada Lovelace');
    });
  });
}

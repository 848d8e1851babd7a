import { expect, test } from '../support/modes/modes-test.js';
import { setUps } from '../support/modes/set-up.js';
import { runInOneEngine } from '../support/one-engine.js';
import { reader } from '../support/reader.js';

runInOneEngine(test);

/** Writes down what the reader's corner says when it is drawn first, and at each change after that. */
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

    test('the demo shows the reader from the first thing drawn', async ({ page, publisher }) => {
      await page.goto(publisher.site.url);
      await reader.loginButton(page).click();
      await reader.continueAsAda(page);
      await page.addInitScript(recordCorner);
      await page.reload();
      await expect(reader.nameIn(page)).toBeVisible();
      await reader.nameIn(page).click();
      await expect(page.getByLabel('First name')).toHaveValue('Ada');
      const corners = await page.evaluate(() => Reflect.get(globalThis, 'cornersSeen') as string[]);
      expect(corners.length).toBeGreaterThan(0);
      for (const corner of corners) expect(corner).toContain('Ada Lovelace');
    });
  });
}

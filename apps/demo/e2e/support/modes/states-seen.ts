import type { BrowserContext, Page } from '@playwright/test';

/** Makes every page loaded from now on record the states that it shows. */
export async function recordStates(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { statesSeen: seen });
    new MutationObserver(() => {
      const text = document.querySelector('#state')?.textContent ?? '';
      if (text !== '' && seen.at(-1) !== text) seen.push(text);
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
}

/** Every state that the page has shown, in order. */
export function statesSeen(page: Page): Promise<string[]> {
  return page.evaluate(() => Reflect.get(globalThis, 'statesSeen') as string[]);
}

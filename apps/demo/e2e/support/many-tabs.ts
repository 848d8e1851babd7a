import { expect } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { stateOf, type Harness } from './harness-test.js';
import { refreshCount } from './refreshes.js';
import type { Site } from './site.js';

declare global {
  /** The token that the page will have asked for once it is told to. */
  var askedToken: Promise<string>;
}

const channelName = 'ask-now';

/** Opens that many tabs of one signed-in session; at least one. */
export async function openTabs(
  context: BrowserContext,
  harness: Harness,
  count: number,
): Promise<[Page, ...Page[]]> {
  const first = await harness.open(context);
  await harness.logIn(first);
  const others = await Promise.all(Array.from({ length: count - 1 }, () => harness.open(context)));
  for (const tab of others) await expect(stateOf(tab)).toHaveText('authenticated');
  return [first, ...others];
}

/** Holds that what the tabs do costs one refresh, gives all the same token and signs nobody out. */
export async function expectOneRefresh(
  site: Site,
  tabs: [Page, ...Page[]],
  act: (tabs: [Page, ...Page[]]) => Promise<string[]>,
): Promise<void> {
  const before = refreshCount(site);
  const tokens = await act(tabs);
  expect(new Set(tokens).size).toBe(1);
  expect(refreshCount(site) - before).toBe(1);
  for (const tab of tabs) await expect(stateOf(tab)).toHaveText('authenticated');
}

/** Has all tabs ask for an access token on one word, and returns what each was given. */
export async function askAtOnce(tabs: [Page, ...Page[]]): Promise<string[]> {
  await Promise.all(tabs.map((tab) => tab.evaluate(listenForTheWord, channelName)));
  await tabs[0].evaluate((name) => {
    new BroadcastChannel(name).postMessage('now');
    dispatchEvent(new Event(name));
  }, channelName);
  return Promise.all(tabs.map((tab) => tab.evaluate(() => askedToken)));
}

/** Reloads all tabs at once and returns the access token that each asks for as soon as it can. */
export async function reloadAtOnce(tabs: readonly Page[]): Promise<string[]> {
  return Promise.all(
    tabs.map(async (tab) => {
      await tab.reload();
      return tab.evaluate(() => session.getAccessToken());
    }),
  );
}

function listenForTheWord(name: string): void {
  globalThis.askedToken = new Promise((resolve, reject) => {
    const ask = (): void => {
      channel.close();
      session.getAccessToken().then(resolve, reject);
    };
    const channel = new BroadcastChannel(name);
    channel.addEventListener('message', ask, { once: true });
    addEventListener(name, ask, { once: true });
  });
  // Whoever asks for the promise later hears of its failure; until then nobody does.
  globalThis.askedToken.catch(() => {});
}

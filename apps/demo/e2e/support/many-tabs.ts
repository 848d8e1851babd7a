import { expect } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { stateOf, type Harness } from './harness-test.js';
import { refreshCount } from './refreshes.js';
import type { Site } from './site.js';

declare global {
  /** The token that the page requests on command. */
  var requestedToken: Promise<string>;
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

/** Expects the action of the tabs to cost one refresh, give all the same token and keep all signed in. */
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

/** Makes all tabs request an access token concurrently, and returns each one's. */
export async function requestConcurrently(tabs: [Page, ...Page[]]): Promise<string[]> {
  await Promise.all(tabs.map((tab) => tab.evaluate(listenForTheWord, channelName)));
  await tabs[0].evaluate((name) => {
    new BroadcastChannel(name).postMessage('now');
    dispatchEvent(new Event(name));
  }, channelName);
  return Promise.all(tabs.map((tab) => tab.evaluate(() => requestedToken)));
}

/** Reloads all tabs concurrently and returns the access token that each requests as soon as it can. */
export async function reloadAtOnce(tabs: readonly Page[]): Promise<string[]> {
  return Promise.all(
    tabs.map(async (tab) => {
      await tab.reload();
      return tab.evaluate(() => session.getAccessToken());
    }),
  );
}

function listenForTheWord(name: string): void {
  globalThis.requestedToken = new Promise((resolve, reject) => {
    const requestToken = (): void => {
      channel.close();
      session.getAccessToken().then(resolve, reject);
    };
    const channel = new BroadcastChannel(name);
    channel.addEventListener('message', requestToken, { once: true });
    addEventListener(name, requestToken, { once: true });
  });
  // The caller of the promise handles its failure later; until then it is unhandled.
  globalThis.requestedToken.catch(() => {});
}

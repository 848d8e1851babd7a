import type { BrowserContext, Page } from '@playwright/test';
import type { ConsoleGuard } from './console-guard.js';
import { readPlaces } from './places.js';
import type { Site } from './site.js';

/**
 * Where a token, code or verifier from the wire is exposed: in any open page of ours, on the
 * console, in errors or in messages between pages. Returns places, never the values.
 */
export async function findLeaks(
  context: BrowserContext,
  site: Site,
  { messages }: ConsoleGuard,
): Promise<string[]> {
  const pages = context.pages().filter((page) => isOurs(page, site));
  const places = await Promise.all(pages.map((page) => page.evaluate(readPlaces)));
  const texts = [
    ...places.flatMap((place) => Object.entries(place)),
    ...messages.map((message): [string, string] => ['the console or a message', message]),
  ];
  return leaksIn(texts, site);
}

/** Which secrets are in texts, each of which comes with its place. */
export function leaksIn(
  texts: readonly (readonly [place: string, text: string])[],
  { secrets }: Pick<Site, 'secrets'>,
): string[] {
  const leaks = texts.flatMap(([place, text]) =>
    [...secrets]
      .filter(([secret, kind]) => text.includes(secret) && !isExpected(kind, place))
      .map(([, kind]) => `${kind} in ${place}`),
  );
  return [...new Set(leaks)];
}

/** A router reads the address before the session can clean it, and React keeps its last state but one. */
function isExpected(kind: string, place: string): boolean {
  return kind === 'code' && place === 'what React holds';
}

/** Our pages are all on one host, and Sesamy's are on others. */
function isOurs(page: Page, site: Site): boolean {
  return URL.parse(page.url())?.hostname === new URL(site.url).hostname;
}

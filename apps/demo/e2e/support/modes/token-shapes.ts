import type { BrowserContext } from '@playwright/test';
import { readPlaces } from '../places.js';
import type { ModesSite } from './modes-site.js';

/** A JWT, signed or encrypted: its header is JSON in Base64url. */
const jwt = /\beyJ[\w-]{8,}\.[\w-]*\./;

/**
 * Where something is that looks like a token, in any of our pages that are open, in a cookie that scripts can read,
 * or in an answer that came from the page's own origin. Names places, never what was found there.
 */
export async function findTokenShapes(context: BrowserContext, site: ModesSite): Promise<string[]> {
  const pages = context.pages().filter((page) => page.url().startsWith(site.url));
  const places = await Promise.all(pages.map((page) => page.evaluate(readPlaces)));
  return tokenShapesIn(places.flatMap(Object.entries), site);
}

/** The same for texts, each of which comes with its place, and for the answers. */
export function tokenShapesIn(
  texts: readonly (readonly [place: string, text: string])[],
  { ownAnswers, mock }: ModesSite,
): string[] {
  const answers = ownAnswers.map(({ path, body }) => [`the answer of ${path}`, body] as const);
  const refreshTokenIds = mock.control.refreshTokens
    .list()
    .flatMap(({ tokens }) => tokens.map(({ id }) => id));
  return [...texts, ...answers]
    .filter(([, text]) => jwt.test(text) || refreshTokenIds.some((id) => text.includes(id)))
    .map(([place]) => place);
}

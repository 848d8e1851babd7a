import type { BrowserContext } from '@playwright/test';
import { readPlaces } from '../places.js';
import type { ModesSite } from './modes-site.js';

/** A JWT, signed or encrypted: its header is JSON in Base64url. */
const jwt = /\beyJ[\w-]{8,}\.[\w-]*\./;

/**
 * Where something is that looks like a token, in any of our pages that are open, in a cookie that scripts can read,
 * or in an answer that came from the page's own origin. Names places, never what was found there.
 */
export async function findTokenShapes(
  context: BrowserContext,
  { url, ownAnswers, mock }: ModesSite,
): Promise<string[]> {
  const pages = context.pages().filter((page) => page.url().startsWith(url));
  const places = await Promise.all(pages.map((page) => page.evaluate(readPlaces)));
  const texts = [
    ...places.flatMap((place) => Object.entries(place)),
    ...ownAnswers.map(({ path, body }): [string, string] => [`the answer of ${path}`, body]),
  ];
  const refreshTokenIds = mock.control.refreshTokens
    .list()
    .flatMap(({ tokens }) => tokens.map(({ id }) => id));
  return texts
    .filter(([, text]) => jwt.test(text) || refreshTokenIds.some((id) => text.includes(id)))
    .map(([place]) => place);
}

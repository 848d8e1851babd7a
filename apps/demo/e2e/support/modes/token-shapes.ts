import type { BrowserContext } from '@playwright/test';
import { readPlaces } from '../places.js';
import type { ModesSite } from './modes-site.js';

/** A JWT, signed or encrypted: its header is JSON in Base64url. */
const jwt = /\beyJ[\w-]{8,}\.[\w-]*\./;

/**
 * Where something looks like a token: in any open page of ours, in a cookie that scripts can read,
 * or in a response from the page's own origin. Returns places, never the values.
 */
export async function findTokenShapes(context: BrowserContext, site: ModesSite): Promise<string[]> {
  const pages = context.pages().filter((page) => page.url().startsWith(site.url));
  const places = await Promise.all(pages.map((page) => page.evaluate(readPlaces)));
  return tokenShapesIn(places.flatMap(Object.entries), site);
}

/** The same for texts, each with its place, and for responses. */
export function tokenShapesIn(
  texts: readonly (readonly [place: string, text: string])[],
  { ownResponses, mock }: ModesSite,
): string[] {
  const responses = ownResponses.map(
    ({ path, body }) => [`the response of ${path}`, body] as const,
  );
  const refreshTokenIds = mock.control.refreshTokens
    .list()
    .flatMap(({ tokens }) => tokens.map(({ id }) => id));
  return [...texts, ...responses]
    .filter(([, text]) => jwt.test(text) || refreshTokenIds.some((id) => text.includes(id)))
    .map(([place]) => place);
}

import { parseUrl } from '../platform/parse-url.js';

/** Whether a page of the app is in the address bar. The URL of a loader's request has no fragment. */
export function isShownPage(page = ''): boolean {
  const { href } = location;
  return [href, href.replace(/#.*/, '')].includes(parseUrl(page, href)?.href ?? href);
}

/** The page on errors, in the package `@sesamy-kit/session`. */
const ERRORS_PAGE = 'https://unpkg.com/@sesamy-kit/session/docs/errors.html';

/** Where the page on errors explains a code. */
export function docsUrlOf(anchor: string): string {
  return `${ERRORS_PAGE}#${anchor}`;
}

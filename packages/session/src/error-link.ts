/** Bundlers replace this expression; without a bundler, browsers have no `process`. */
declare const process: { readonly env: { readonly NODE_ENV?: string } };

/** The page on errors, which is part of this package: `scripts/errors-page.mjs` makes it. */
const ERRORS_PAGE = 'https://unpkg.com/@sesamy-kit/session/docs/errors.html';

/** Adds a link to a section of the page on errors; `null` in a build without links. */
type WithLink = ((message: string, section: string) => string) | null;

/**
 * Adds the link in development; in tests the message stays as it is. In builds with the condition `production`,
 * `error-link.production.ts` takes the place of this module.
 */
export const withLink: WithLink = (message, section) =>
  isDevelopmentBuild() ? `${message} See ${ERRORS_PAGE}#${section}` : message;

function isDevelopmentBuild(): boolean {
  try {
    return process.env.NODE_ENV === 'development';
  } catch {
    return false;
  }
}

import type { Mode } from '../src/config.js';

/** The folder of the site in each mode, below the folder of the build. */
const folders: Readonly<Record<Mode, string>> = {
  'refresh-token': './',
  'sso-cookie': './sso-cookie/',
  'token-handler': './token-handler/',
};

/** The folders of all modes, relative to the folder of the build. */
export const modeFolders: readonly string[] = Object.values(folders);

/** The URL of the site in a mode. */
export function siteUrl(mode: Mode, buildUrl: string): string {
  return new URL(folders[mode], buildUrl).href;
}

/** The mode of a page, by its address. */
export function readMode(pageUrl: string, buildUrl: string): Mode {
  const isBelow = (mode: Mode): boolean => pageUrl.startsWith(siteUrl(mode, buildUrl));
  return isBelow('sso-cookie')
    ? 'sso-cookie'
    : isBelow('token-handler')
      ? 'token-handler'
      : 'refresh-token';
}

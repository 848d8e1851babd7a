/** The folder of the site in each mode that needs no server, below the folder of the build. */
const folders = { 'refresh-token': './', 'sso-cookie': './sso-cookie/' } as const;

/** A session mode that the static site runs in. */
export type StaticMode = keyof typeof folders;

/** The folders of all modes, relative to the folder of the build. */
export const modeFolders: readonly string[] = Object.values(folders);

/** The URL of the site in a mode. */
export function siteUrl(mode: StaticMode, buildUrl: string): string {
  return new URL(folders[mode], buildUrl).href;
}

/** The mode of a page, by its address. */
export function readMode(pageUrl: string, buildUrl: string): StaticMode {
  return pageUrl.startsWith(siteUrl('sso-cookie', buildUrl)) ? 'sso-cookie' : 'refresh-token';
}

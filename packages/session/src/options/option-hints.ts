import { optionNames } from './check-options.js';
import { warnInDevelopment } from '../development.js';

/** Options of auth0-react, react-oidc-context and oidc-client-ts, and what takes their place. */
const EQUIVALENTS: Readonly<Record<string, string>> = {
  domain: 'Use "issuer", a URL.',
  authority: 'Use "issuer".',
  metadataUrl: 'Use "issuer"; the endpoints follow from it.',
  metadata: 'Use "issuer"; the endpoints follow from it.',
  client_id: 'Use "clientId".',
  redirect_uri: 'Use "redirectUri".',
  post_logout_redirect_uri: 'Pass "returnTo" to logout().',
  popup_redirect_uri: 'Use "redirectUri"; popups share it.',
  silent_redirect_uri: 'Use "redirectUri"; nothing else is needed.',
  cacheLocation: 'Use "storage": "local" or "memory".',
  cache: 'Use "storage": "local" or "memory".',
  userStore: 'Use "storage": "local" or "memory".',
  stateStore: 'Use "storage": "local" or "memory".',
  useRefreshTokens: 'Use "mode"; "refresh-token" is the default.',
  useRefreshTokensFallback: 'Use "fallbackMode".',
  automaticSilentRenew: 'Leave it out; sessions are renewed.',
  monitorSession: 'Leave it out; tabs follow each other.',
  loadUserInfo: 'Call session.fetchUserInfo().',
  onRedirectCallback: 'Use "navigate".',
  onSigninCallback: 'Use "navigate".',
  skipRedirectCallback: 'Leave it out; the callback of another library is not touched.',
  extraQueryParams: 'Use "authorizationParams".',
  acr_values: 'Pass "acrValues" to the login.',
  max_age: 'Pass "maxAgeSeconds" to the login.',
  prompt: 'Pass it to the login.',
  connection: 'Pass it to the login.',
  invitation: 'Use "authorizationParams".',
};

/** Warns, in development, of names that are not options. */
export function warnOfUnknown(names: readonly string[]): void {
  for (const name of names) warnInDevelopment(`"${name}" is not an option. ${hintFor(name)}`);
}

function hintFor(name: string): string {
  const equivalent = Object.hasOwn(EQUIVALENTS, name) ? EQUIVALENTS[name] : undefined;
  if (equivalent !== undefined) return equivalent;
  const distances = optionNames.map((option) => distance(plain(name), plain(option)));
  const nearest = Math.min(...distances);
  return nearest <= Math.max(2, name.length / 3)
    ? `Did you mean "${optionNames[distances.indexOf(nearest)] ?? ''}"?`
    : 'It is ignored.';
}

/** `client-id` and `ClientID` are slips of the same kind. */
function plain(name: string): string {
  return name.replaceAll(/[_-]/g, '').toLowerCase();
}

/** How many characters must be added, removed or replaced. @see Levenshtein distance */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, character] of [...one].entries()) {
    const next = [index + 1];
    for (const [column, wanted] of [...other].entries()) {
      const replaced = (row[column] ?? 0) + (character === wanted ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

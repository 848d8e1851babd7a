import { isObject, readString } from '../platform/json.js';
import { findOldEntries, type OldEntry } from '../storage/old-entries.js';
import { readSubject } from './claims.js';
import type { OldSession, TakeOver, TakeOverApp } from './take-over.js';

/*
 * An entry is named `@@auth0spajs@@::<client id>::<audience>::<scope>`, with `default` for no audience. The ID Token is
 * in `@@auth0spajs@@::<client id>::@@user@@` since version 2, and in each entry before.
 */
const PREFIX = '@@auth0spajs@@';

/**
 * Takes over the session of auth0-spa-js and auth0-react 1 and 2 with `useRefreshTokens` and
 * `cacheLocation: 'localstorage'`. The cache in memory ends with its page, and cannot be taken over.
 */
export function auth0SpaJs(): TakeOver {
  return {
    find(app) {
      const entries = entriesOf(app);
      const user = entries.find(({ name }) => name === `${PREFIX}::${app.clientId}::@@user@@`);
      return entries.flatMap((entry) => readSession(entry, user, app));
    },
    clear(app) {
      const entries = entriesOf(app);
      if (entries.some(({ value }) => readSubject(claimsOf(value), app) !== undefined)) {
        entries.forEach((entry) => entry.remove());
      }
    },
  };
}

/** All of the client's entries, with the manifest of their names. */
function entriesOf({ clientId }: TakeOverApp): readonly OldEntry[] {
  const name = `${PREFIX}::${clientId}`;
  return findOldEntries(name).filter((entry) => `${entry.name}::`.startsWith(`${name}::`));
}

function readSession(
  { name, value }: OldEntry,
  user: OldEntry | undefined,
  app: TakeOverApp,
): readonly OldSession[] {
  const body = isObject(value) ? value['body'] : undefined;
  const subject = readSubject(claimsOf(value) ?? claimsOf(user?.value), app);
  if (!isObject(body) || subject === undefined) return [];
  // An expired entry keeps neither the client id nor the tokens.
  const { client_id: clientId = app.clientId } = body;
  const refreshToken = readString(body['refresh_token']);
  const [, , audience, scope] = name.split('::');
  const isConsistent = clientId === app.clientId && (body['audience'] ?? audience) === audience;
  if (!isConsistent || refreshToken === undefined || audience === undefined) return [];
  return [{ refreshToken, subject, audience: audience === 'default' ? null : audience, scope }];
}

/** Returns the claims of the ID Token in an entry of a token or of the user. */
function claimsOf(value: unknown): unknown {
  if (!isObject(value)) return undefined;
  const holder = isObject(value['body']) ? value['body'] : value;
  return isObject(holder['decodedToken']) ? holder['decodedToken']['claims'] : undefined;
}

import { isObject, readString } from '../platform/json.js';
import { findOldEntries, type OldEntry } from '../storage/old-entries.js';
import { readSubject } from './claims.js';
import type { TakeOver, TakeOverApp } from './take-over.js';

/** Options of {@link oidcClientTs}. */
export interface OidcClientTsOptions {
  /** The `prefix` of the old `WebStorageStateStore`. Default `oidc.`. */
  readonly prefix?: string | undefined;
}

/**
 * Takes over the session of oidc-client-ts and react-oidc-context with a refresh token, in localStorage or sessionStorage.
 * One for another API than the session's is not recognized: the library does not store the audience.
 */
export function oidcClientTs({ prefix = 'oidc.' }: OidcClientTsOptions = {}): TakeOver {
  const entriesOf = ({ clientId, issuer }: TakeOverApp): readonly OldEntry[] => {
    // The authority may have been written without the slash of the issuer.
    const names = [issuer, issuer.replace(/\/$/, '')].map(
      (authority) => `${prefix}user:${authority}:${clientId}`,
    );
    return findOldEntries(`${prefix}user:`).filter(({ name }) => names.includes(name));
  };
  return {
    find: (app) =>
      entriesOf(app).flatMap(({ value }) => {
        if (!isObject(value)) return [];
        const subject = readSubject(value['profile'], app);
        const refreshToken = readString(value['refresh_token']);
        if (subject === undefined || refreshToken === undefined) return [];
        return [{ refreshToken, subject, audience: undefined, scope: readString(value['scope']) }];
      }),
    clear(app) {
      entriesOf(app).forEach((entry) => entry.remove());
    },
  };
}

import type { ServerContext } from '../context.js';
import { type RefreshToken, revokeFamily, type ServerState, type TokenFamily } from '../state.js';

/** One token of a lineage; `id` is its public half. */
export type LineageToken = Omit<RefreshToken, 'token' | 'familyId'>;

/** All refresh tokens of one login. */
export interface Lineage extends TokenFamily {
  /** Oldest first; `parentId` tells which token a token came from. */
  readonly tokens: readonly LineageToken[];
}

/** The refresh token families. */
export interface RefreshTokenControl {
  list(filter?: { user?: string; clientId?: string }): Lineage[];
  /** The family of a refresh token (the whole token or its id); undefined when there is none. */
  lineage(tokenOrId: string): Lineage | undefined;
  /** A lineage as readable text, for failure messages. */
  explain(tokenOrId: string): string;
  /** Revokes the family of a token, or all of a user or client; returns how many were live. */
  revoke(which: string | { user?: string; clientId?: string }): number;
}

/** Refresh tokens of a server. */
export function createRefreshTokenControl(server: ServerContext): RefreshTokenControl {
  const familyOf = (tokenOrId: string): TokenFamily | undefined => {
    const token = server.state.refreshTokens.get(tokenOrId.split('.')[0] ?? '');
    return token ? server.state.families.get(token.familyId) : server.state.families.get(tokenOrId);
  };
  const select = (filter: { user?: string; clientId?: string }): TokenFamily[] =>
    [...server.state.families.values()].filter(
      ({ userId, clientId }) =>
        (filter.user === undefined || filter.user === userId) &&
        (filter.clientId === undefined || filter.clientId === clientId),
    );
  const toLineage = (family: TokenFamily): Lineage => readLineage(server.state, family);

  return {
    list: (filter = {}) => select(filter).map(toLineage),
    lineage: (tokenOrId) => {
      const family = familyOf(tokenOrId);
      return family && toLineage(family);
    },
    explain: (tokenOrId) => {
      const family = familyOf(tokenOrId);
      return family
        ? explainLineage(toLineage(family))
        : 'The server never issued this refresh token.';
    },
    revoke: (which) => {
      const families = typeof which === 'string' ? [familyOf(which) ?? []].flat() : select(which);
      const live = families.filter(({ revokedAt }) => revokedAt === null);
      for (const family of live) revokeFamily(family, server.clock.now(), 'revoked by control');
      return live.length;
    },
  };
}

/** The newest families, newest first, with their tokens. */
export function newestLineages(state: ServerState, count: number): Lineage[] {
  return [...state.families.values()]
    .slice(-count)
    .toReversed()
    .map((family) => readLineage(state, family));
}

function readLineage(state: ServerState, family: TokenFamily): Lineage {
  return {
    ...family,
    tokens: state.refreshTokens
      .ofFamily(family.id)
      .map(({ id, parentId, issuedAt, spentAt, uses }) => ({
        id,
        parentId,
        issuedAt,
        spentAt,
        uses: [...uses],
      })),
  };
}

/** A lineage as readable text. */
export function explainLineage(lineage: Lineage): string {
  const seconds = (at: number): string => `+${Math.round((at - lineage.createdAt) / 1000)} s`;
  const lines = lineage.tokens.map(({ id, parentId, issuedAt, uses }) => {
    const used =
      uses.map(({ at, outcome }) => `${outcome} ${seconds(at)}`).join(', ') || 'never used';
    return `  ${id} issued ${seconds(issuedAt)}${parentId ? ` from ${parentId}` : ''}: ${used}`;
  });
  const end =
    lineage.revokedAt === null
      ? 'live'
      : `revoked ${seconds(lineage.revokedAt)}: ${lineage.revokedBecause}`;
  return [`${lineage.id} of ${lineage.userId} at ${lineage.clientId}, ${end}`, ...lines].join('\n');
}

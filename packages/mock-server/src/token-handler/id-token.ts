import type { JWTPayload } from 'jose';
import type { ServerContext } from '../context.js';

/** What an ID token must say; what is left out may be anything. */
export interface ExpectedIdToken {
  readonly clientId: string;
  /** Of the login; a refresh has none. */
  readonly nonce?: string | undefined;
  /** Whose it must be. */
  readonly sub?: string | undefined;
  /** How long ago the user may have authenticated. */
  readonly maxAgeSeconds?: number | undefined;
  readonly organization?: string | undefined;
}

/** Between the authentication and the check the user takes a while. */
const LEEWAY_SECONDS = 300;

/**
 * Checks an ID token and returns its claims; null when it must not be trusted.
 * @see OIDC Core section 3.1.3.7
 */
export async function checkIdToken(
  server: ServerContext,
  idToken: string,
  expected: ExpectedIdToken,
): Promise<JWTPayload | null> {
  const { clientId, nonce, sub, maxAgeSeconds, organization } = expected;
  const claims = await server.keys
    .verify(idToken, server.clock.now())
    .catch((): JWTPayload => ({}));
  const isForUs = claims.iss === server.issuer && claims.aud === clientId;
  const isAnswer = nonce === undefined || claims['nonce'] === nonce;
  const isOurs = sub === undefined || claims.sub === sub;
  const ageSeconds = server.clock.now() / 1000 - Number(claims['auth_time']);
  const isYoung = maxAgeSeconds === undefined || ageSeconds <= maxAgeSeconds + LEEWAY_SECONDS;
  const isMember = organization === undefined || claims['org_id'] === organization;
  const isDated = typeof claims.exp === 'number' && typeof claims.iat === 'number';
  const isOfSomebody = typeof claims.sub === 'string' && claims.sub !== '';
  const isWanted = isAnswer && isOurs && isYoung && isMember;
  return isForUs && isWanted && isDated && isOfSomebody ? claims : null;
}

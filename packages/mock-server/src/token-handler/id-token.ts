import type { JWTPayload } from 'jose';
import type { ServerContext } from '../context.js';

/** What an ID token must say. */
export interface ExpectedIdToken {
  readonly clientId: string;
  /** Null where none was asked for, as in a refresh. */
  readonly nonce: string | null;
  /** Whose it must be, where that is known. */
  readonly sub: string | null;
}

/**
 * Checks an ID token and returns its claims; null when it must not be trusted.
 * @see OIDC Core section 3.1.3.7
 */
export async function checkIdToken(
  server: ServerContext,
  idToken: string,
  { clientId, nonce, sub }: ExpectedIdToken,
): Promise<JWTPayload | null> {
  const claims = await server.keys
    .verify(idToken, server.clock.now())
    .catch((): JWTPayload => ({}));
  const isForUs = claims.iss === server.issuer && claims.aud === clientId;
  const isAnswer = nonce === null || claims['nonce'] === nonce;
  const isOurs = sub === null || claims.sub === sub;
  const isDated = typeof claims.exp === 'number' && typeof claims.iat === 'number';
  const isOfSomebody = typeof claims.sub === 'string' && claims.sub !== '';
  return isForUs && isAnswer && isOurs && isDated && isOfSomebody ? claims : null;
}

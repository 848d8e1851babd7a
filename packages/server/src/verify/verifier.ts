import { jwtVerify } from 'jose';
import type { JWTHeaderParameters, JWTVerifyOptions, JWTVerifyResult } from 'jose';
import { readAccessToken } from './access-token.js';
import type { AccessToken } from './access-token.js';
import { invalidToken, misconfigured } from './errors.js';
import type { AccessTokenRequirements } from './errors.js';
import { createKeySet } from './key-set.js';
import { toAccessTokenError } from './map-error.js';
import { requireOf } from './requirements.js';

/** What an {@link AccessTokenVerifier} is made with. */
export interface AccessTokenVerifierOptions {
  /** Who issues the tokens. Default `https://token.sesamy.com/`; compared to the letter with `iss`. */
  issuer?: string | undefined;
  /** The API that the tokens must be meant for, or several. Default `https://api.sesamy.com`. */
  audience?: string | readonly string[] | undefined;
  /**
   * The publisher whose tokens are accepted. All publishers share Sesamy's issuer and audience, so without it the
   * readers of every other publisher are let in too.
   */
  publisherId?: string | undefined;
  /** Accepted signature algorithms. Default `['RS256']`. */
  algorithms?: readonly string[] | undefined;
  /** Where the keys are. Default `.well-known/jwks.json` at the issuer. */
  jwksUrl?: string | undefined;
  /** How far the issuer's clock may be from ours, in seconds. Default 10. */
  leewaySeconds?: number | undefined;
  /** Stands in for the global `fetch`, for proxies and tests. */
  fetch?: typeof globalThis.fetch | undefined;
  /** The time in epoch milliseconds, for tests. Default `Date.now`. */
  now?: (() => number) | undefined;
}

/** Checks access tokens. */
export interface AccessTokenVerifier {
  /**
   * Checks signature, issuer, audience and times, then what the route requires.
   *
   * @throws AccessTokenError with a `code`, and for `invalid_token` a `reason`.
   * @see https://www.rfc-editor.org/rfc/rfc9068#section-4
   */
  verify(token: string, requirements?: AccessTokenRequirements): Promise<AccessToken>;
}

const maxTokenLength = 16_384;
const acceptedTypes = new Set(['jwt', 'at+jwt', 'application/at+jwt']);

/**
 * Makes a verifier; keep it, for it holds the issuer's keys. Nothing is fetched before the first token.
 *
 * @throws AccessTokenError `invalid_configuration`.
 */
export function createAccessTokenVerifier(
  options: AccessTokenVerifierOptions = {},
): AccessTokenVerifier {
  const {
    issuer = 'https://token.sesamy.com/',
    audience = 'https://api.sesamy.com',
    publisherId,
  } = options;
  const leewaySeconds = options.leewaySeconds ?? 10;
  const now = options.now ?? Date.now;
  const fetch: typeof globalThis.fetch =
    options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const keySet = createKeySet(jwksUrlOf(issuer, options.jwksUrl), fetch);
  const checks: JWTVerifyOptions = {
    issuer,
    audience: typeof audience === 'string' ? audience : [...audience],
    algorithms: asymmetric(options.algorithms ?? ['RS256']),
    clockTolerance: leewaySeconds,
  };

  const checksNow = (): JWTVerifyOptions =>
    options.now ? { ...checks, currentDate: new Date(now()) } : checks;

  return {
    async verify(token, requirements) {
      if (token.length > maxTokenLength) {
        throw invalidToken('too_long', 'The token is longer than any real one.');
      }
      let verified: JWTVerifyResult;
      try {
        verified = await jwtVerify(token, keySet, checksNow());
      } catch (error) {
        throw toAccessTokenError(error);
      }
      refuseOtherTypes(verified.protectedHeader);
      const accessToken = readAccessToken(verified.payload);
      refuseForeign(accessToken, publisherId, now() + leewaySeconds * 1000);
      if (requirements) requireOf(accessToken, requirements, now() - leewaySeconds * 1000);
      return accessToken;
    },
  };
}

function refuseOtherTypes({ typ }: JWTHeaderParameters): void {
  if (typ === undefined || acceptedTypes.has(typ.toLowerCase())) return;
  throw invalidToken('type', 'The token is of another type than an access token.');
}

function refuseForeign(
  accessToken: AccessToken,
  publisherId: string | undefined,
  latestIssue: number,
): void {
  if (publisherId !== undefined && accessToken.publisherId !== publisherId) {
    throw invalidToken('publisher', 'The token belongs to another publisher.');
  }
  if (accessToken.issuedAt !== undefined && accessToken.issuedAt > latestIssue) {
    throw invalidToken(
      'not_yet_valid',
      'The token was issued in the future. Check the clock of this server.',
    );
  }
  // RFC 9449 section 7.2: a token that is bound to a key must not be taken from a bare bearer.
  if (accessToken.claims['cnf'] !== undefined) {
    throw invalidToken(
      'proof_required',
      'The token is bound to a key and no proof of it can be checked here.',
    );
  }
}

function asymmetric(algorithms: readonly string[]): string[] {
  const isAsymmetric = (algorithm: string): boolean =>
    /^((RS|PS|ES)(256|384|512)|EdDSA|Ed25519)$/.test(algorithm);
  if (algorithms.length > 0 && algorithms.every(isAsymmetric)) return [...algorithms];
  throw misconfigured('algorithms must name public-key signatures only, such as RS256 or ES256.');
}

function jwksUrlOf(issuer: string, jwksUrl: string | undefined): URL {
  if (!URL.canParse(issuer))
    throw misconfigured('issuer must be an absolute URL, such as https://token.sesamy.com/.');
  const base = issuer.endsWith('/') ? issuer : `${issuer}/`;
  const url = jwksUrl ?? new URL('.well-known/jwks.json', base).href;
  if (!URL.canParse(url)) throw misconfigured('jwksUrl must be an absolute URL.');
  return new URL(url);
}

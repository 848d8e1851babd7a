import type { JWTPayload } from 'jose';
import { invalidToken } from './errors.js';

/** A verified access token. */
export interface AccessToken {
  /** Who issued it: one of the verifier's issuers. */
  readonly issuer: string;
  /** The reader's id, or the client id of an application that acts for itself. */
  readonly subject: string;
  /** Whether the token is a reader's, or of an application acting for itself (client credentials). */
  readonly subjectType: 'reader' | 'application';
  readonly scopes: readonly string[];
  readonly permissions: readonly string[];
  /** Epoch milliseconds. */
  readonly issuedAt: number | undefined;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  /** The publisher: `vendor_id`, or `tenant_id` where that is missing. */
  readonly publisherId: string | undefined;
  /** The login session; applications have none. */
  readonly sessionId: string | undefined;
  readonly organizationId: string | undefined;
  readonly email: string | undefined;
  readonly emailVerified: boolean | undefined;
  /** When the reader last logged in, in epoch milliseconds. Not in Sesamy's access tokens. */
  readonly authenticatedAt: number | undefined;
  /** How the reader logged in, as an authentication context class. Not in Sesamy's access tokens. */
  readonly acr: string | undefined;
  /** All claims in wire spelling. */
  readonly claims: Readonly<JWTPayload>;
}

/** Reads the claims of a payload whose signature, issuer, audience and times have been checked. */
export function readAccessToken(payload: JWTPayload): AccessToken {
  const { iss, sub, exp, iat } = payload;
  if (iss === undefined || typeof sub !== 'string' || sub === '' || typeof exp !== 'number') {
    throw invalidToken('claims', 'The token names no subject or no expiry.');
  }
  return {
    issuer: iss,
    subject: sub,
    subjectType: isApplication(payload) ? 'application' : 'reader',
    scopes: words(payload['scope']),
    permissions: strings(payload['permissions']),
    expiresAt: exp * 1000,
    issuedAt: milliseconds(iat),
    publisherId: text(payload['vendor_id']) ?? text(payload['tenant_id']),
    sessionId: text(payload['sid']),
    organizationId: text(payload['org_id']),
    email: text(payload['email']),
    emailVerified: flag(payload['email_verified']),
    authenticatedAt: milliseconds(payload['auth_time']),
    acr: text(payload['acr']),
    claims: payload,
  };
}

/**
 * A reader's token names the login session or the reader's e-mail address. An application's has neither, and where it
 * names the client, the client is the subject.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9068#section-5
 */
function isApplication({ sub, sid, email, azp, client_id: clientId, gty }: JWTPayload): boolean {
  return (
    (text(sid) === undefined && text(email) === undefined) ||
    sub === azp ||
    sub === clientId ||
    gty === 'client-credentials'
  );
}

function words(value: unknown): string[] {
  return typeof value === 'string' ? value.split(' ').filter((word) => word !== '') : [];
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function milliseconds(value: unknown): number | undefined {
  return typeof value === 'number' ? value * 1000 : undefined;
}

function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

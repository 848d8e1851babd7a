import { STANDARD_CLAIMS } from './claims.js';

/** Names of the claims that an authorization request names one by one, whatever its scope. */
export interface RequestedClaims {
  readonly idToken: readonly string[];
  readonly userinfo: readonly string[];
}

/** What a request without the parameter requests. */
export const NO_CLAIMS: RequestedClaims = { idToken: [], userinfo: [] };

/**
 * Reads the `claims` parameter. Ignores unsupported claims and requested values of a claim. Returns null for what is not a claims request.
 * @see OIDC Core section 5.5
 */
export function parseClaimsRequest(text: string): RequestedClaims | null {
  const request = parseObject(text);
  if (request === null) return null;
  const idToken = claimNames(request['id_token']);
  const userinfo = claimNames(request['userinfo']);
  return idToken && userinfo && { idToken, userinfo };
}

function claimNames(member: unknown): string[] | null {
  if (member === undefined || member === null) return [];
  if (!isObject(member)) return null;
  return STANDARD_CLAIMS.filter((name) => Object.hasOwn(member, name));
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { isObject } from '../platform/json.js';

/** The decoded header and claims of a JSON Web Token. */
export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Decodes a JSON Web Token without verifying its signature; returns `null` for anything else. @see RFC 7519 */
export function readJwt(token: string): Jwt | null {
  const parts = token.split('.');
  if (parts.length !== 3) return null;
  const [header, claims] = parts.slice(0, 2).map(readPart);
  return header && claims ? { header, claims } : null;
}

function readPart(part: string): Record<string, unknown> | null {
  try {
    const base64 = part.replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Claims of the protocol, which are not part of the user. */
const PROTOCOL_CLAIMS =
  /^(iss|aud|azp|exp|iat|nbf|jti|nonce|(at|c|s)_hash|sid|auth_time|acr|amr|act)$/;

/** Returns the claims about the user. A changed `exp`, e.g., is not a changed user. */
export function withoutProtocolClaims(
  claims: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !PROTOCOL_CLAIMS.test(name)));
}

/** Returns the value if it is an error code of RFC 6749 or the API; free text must not enter messages. */
export function readErrorCode(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.:/-]{1,64}$/.test(value) ? value : undefined;
}

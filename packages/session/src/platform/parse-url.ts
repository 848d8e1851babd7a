/** Parses a URL; `null` when it is not valid. `URL.canParse` and `URL.parse` are missing in Safari 16. */
export function parseUrl(value: string, base?: string): URL | null {
  try {
    return new URL(value, base);
  } catch {
    return null;
  }
}

/** Parses a URL; returns `null` if it is invalid. Safari 16 lacks `URL.canParse` and `URL.parse`. */
export function parseUrl(value: string, base?: string): URL | null {
  try {
    return new URL(value, base);
  } catch {
    return null;
  }
}

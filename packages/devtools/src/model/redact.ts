/** What may be a token, a code or an e-mail address. */
const SECRETS = [
  // A JSON Web Token, signed or encrypted.
  /eyJ[\w-]*\.[\w.-]*/g,
  // An e-mail address, also percent-encoded. Its first part may contain what separates the parts of a URL.
  /[^\s:;,"<>]*(?:@|%(?:25)*40)[^\s/?#&=:;,"'<>]+/gi,
  // Anything random: at least 24 characters with digits and letters, as tokens and codes have.
  /(?=[\w~.-]*\d)(?=[\w~.-]*[a-z])[\w~-]{24,}[\w~.-]*/gi,
];

/** Replaces what may be a token, a code or an e-mail address by an ellipsis. */
export function redact(text: string): string {
  return SECRETS.reduce((rest, pattern) => rest.replaceAll(pattern, '…'), text);
}

/** Returns where a request goes, with the names of its query parameters but not their values. */
export function describeUrl(url: string): string {
  const parsed = parseUrl(url);
  if (parsed === null) return '(no URL)';
  const { origin, pathname, searchParams } = parsed;
  const names = [...new Set(searchParams.keys())].map((name) => `${redact(name)}=…`);
  const place = origin === location.origin ? '' : origin;
  return `${place}${redact(pathname)}${names.length > 0 ? `?${names.join('&')}` : ''}`;
}

function parseUrl(url: string): URL | null {
  try {
    return new URL(url, location.href);
  } catch {
    return null;
  }
}

const maxLength = 300;
/** Text beyond this is dropped: the patterns take quadratic time. */
const maxScanned = 4_000;
const compactJwt = /\beyJ[\w-]+\.[\w-]*\.?[\w-]*/g;
const email = /[^\s"'<>(),;:]+@[^\s"'<>(),;:]+/g;

/** Redacts secrets, tokens and e-mail addresses in a text of another party, and shortens it. */
export function redact(text: string, secrets: readonly string[]): string {
  const scanned = text.slice(0, maxScanned);
  const withoutSecrets = secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      new URLSearchParams([['', secret]]).toString().slice(1),
    ])
    .reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), scanned);
  const redacted = withoutSecrets.replace(compactJwt, '[token]').replace(email, '[e-mail]');
  // A secret cut in half would not be recognised, and become visible once the text before it is redacted.
  const isTailInSight = text.length > maxScanned && redacted.length <= maxLength;
  return (isTailInSight ? redacted.replace(/\S*$/, '') : redacted).slice(0, maxLength);
}

/** A readable path with secrets, tokens and e-mail addresses redacted in each segment. */
export function redactPath(path: string, secrets: readonly string[]): string {
  const segments = path.split('/').map((segment) => redact(readable(segment), secrets));
  return segments.join('/');
}

/** E-mail addresses and secrets are only recognised unencoded. */
function readable(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const maxLength = 300;
/** What lies further back is not looked at: the patterns take time that grows with the square of the length. */
const maxScanned = 4_000;
const compactJwt = /\beyJ[\w-]+\.[\w-]*\.?[\w-]*/g;
const email = /[^\s"'<>(),;:]+@[^\s"'<>(),;:]+/g;

/** Takes secrets, tokens and e-mail addresses out of a text of another party, and shortens it. */
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
  // A secret that the cut has halved is not recognised, and comes into sight where all before it was taken out.
  const isTailInSight = text.length > maxScanned && redacted.length <= maxLength;
  return (isTailInSight ? redacted.replace(/\S*$/, '') : redacted).slice(0, maxLength);
}

/** A path that is readable, with secrets, tokens and e-mail addresses taken out of each of its segments. */
export function redactPath(path: string, secrets: readonly string[]): string {
  const segments = path.split('/').map((segment) => redact(readable(segment), secrets));
  return segments.join('/');
}

/** E-mail addresses and secrets are recognised in clear only. */
function readable(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

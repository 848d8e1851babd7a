const maxLength = 300;
const compactJwt = /\beyJ[\w-]+\.[\w-]*\.?[\w-]*/g;
const email = /[^\s"'<>(),;:]+@[^\s"'<>(),;:]+/g;

/** Takes secrets, tokens and e-mail addresses out of a text that somebody else wrote, and shortens it. */
export function redact(text: string, secrets: readonly string[]): string {
  const withoutSecrets = secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      new URLSearchParams([['', secret]]).toString().slice(1),
    ])
    .reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
  return withoutSecrets
    .replace(compactJwt, '[token]')
    .replace(email, '[e-mail]')
    .slice(0, maxLength);
}

const secretFields = [
  'access_token',
  'refresh_token',
  'id_token',
  'code',
  'code_verifier',
  'token',
];

/** Adds every token, code and verifier of one exchange with the mock to `secrets`, each with what it is. */
export async function collectSecrets(
  secrets: Map<string, string>,
  request: Request,
  response: Response,
): Promise<void> {
  for (const cookie of response.headers.getSetCookie()) {
    const [, name = '', token] = /^([^=]+)=(eyJ[^;]+)/.exec(cookie) ?? [];
    if (token !== undefined) secrets.set(token, `cookie ${name}`);
  }
  const location = response.headers.get('location');
  if (location !== null) addFrom(secrets, new URL(location, request.url).searchParams);
  if (!new URL(request.url).pathname.startsWith('/oauth/') || request.method !== 'POST') return;
  addFrom(secrets, new URLSearchParams(await request.text()));
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => ({}));
  if (typeof body === 'object' && body !== null) {
    addFrom(secrets, new Map(Object.entries(body)));
  }
}

function addFrom(secrets: Map<string, string>, values: { get(name: string): unknown }): void {
  for (const field of secretFields) {
    const value = values.get(field);
    if (typeof value === 'string' && value !== '') secrets.set(value, field);
  }
}

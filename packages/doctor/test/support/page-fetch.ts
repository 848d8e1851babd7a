/** Readable without being exposed. @see Fetch Standard, section CORS-safelisted response-header name */
const SAFELISTED = [
  'cache-control',
  'content-language',
  'content-type',
  'expires',
  'last-modified',
];

/** Makes a network the `fetch` of a page: with preflights, and with what CORS hides from scripts. */
export function asPageFetch(
  network: typeof globalThis.fetch,
  origin: string,
): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    if (new URL(request.url).origin === origin) return network(request);
    if (request.headers.has('authorization')) await requirePreflight(network, request.url, origin);
    const headers = new Headers(request.headers);
    headers.set('origin', origin);
    const response = await network(new Request(request, { headers }));
    if (request.mode === 'no-cors') return Response.error();
    requireAllowed(response, origin);
    const readable = [...response.headers].filter(([name]) => SAFELISTED.includes(name));
    return new Response(response.body, { status: response.status, headers: readable });
  };
}

async function requirePreflight(
  network: typeof globalThis.fetch,
  url: string,
  origin: string,
): Promise<void> {
  const headers = { origin, 'access-control-request-headers': 'authorization' };
  const response = await network(url, { method: 'OPTIONS', headers });
  requireAllowed(response, origin);
  const allowed = response.headers.get('access-control-allow-headers')?.toLowerCase() ?? '';
  if (!response.ok || !allowed.includes('authorization')) throw new TypeError('Failed to fetch');
}

function requireAllowed({ headers }: Response, origin: string): void {
  const allowed = headers.get('access-control-allow-origin');
  if (allowed !== '*' && allowed !== origin) throw new TypeError('Failed to fetch');
}

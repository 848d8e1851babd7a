/** Where the app's own origin has Sesamy. */
const prefix = '/sesamy';

/** Whether a request to the app's origin is for Sesamy. */
export function isForSesamy({ pathname }: URL): boolean {
  return pathname.startsWith(`${prefix}/auth/`) || pathname.startsWith(`${prefix}/api/`);
}

/** The request as a reverse proxy in front of the app would pass it on to Sesamy's API host. */
export function forward(request: Request, apiUrl: string): Request {
  const { host, pathname, search } = new URL(request.url);
  const path = pathname.replace(`${prefix}/api/`, '/').replace(`${prefix}/auth/`, '/auth/');
  const headers = new Headers(request.headers);
  headers.set('x-forwarded-host', host);
  headers.set('x-forwarded-proto', 'https');
  headers.set('x-forwarded-prefix', prefix);
  return new Request(`${apiUrl}${path}${search}`, {
    method: request.method,
    headers,
    body: request.body,
    ...(request.body && { duplex: 'half' }),
  });
}

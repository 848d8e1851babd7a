/** The paths that the publisher's own server forwards to Sesamy's API host. */
const ROUTES: readonly (readonly [path: string, upstream: string])[] = [
  ['/sesamy/auth/', '/auth/'],
  ['/sesamy/api/', '/'],
];

const UPSTREAM = 'https://api.sesamy.com';

/** Whether the app's own origin forwards the URL instead of serving the app. */
export function isForwarded(url: URL): boolean {
  return ROUTES.some(([path]) => url.pathname.startsWith(path));
}

/** Returns a request to the app's own origin as its reverse proxy forwards it; `null` if it does not. */
export function forwardedRequest(request: Request): Request | null {
  const url = new URL(request.url);
  const route = ROUTES.find(([path]) => url.pathname.startsWith(path));
  if (route === undefined) return null;
  const [path, upstream] = route;
  const target = UPSTREAM + upstream + url.pathname.slice(path.length) + url.search;
  const headers = new Headers(request.headers);
  headers.set('x-forwarded-host', url.host);
  headers.set('x-forwarded-proto', url.protocol.slice(0, -1));
  headers.set('x-forwarded-prefix', '/sesamy');
  // Only the target changes: a Request is a valid init of another one, body included.
  return new Request(new Request(target, request), { headers });
}

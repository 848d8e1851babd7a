/** What the checks use of their surroundings. */
export interface Environment {
  /** Sends the requests. Default: the global one. */
  readonly fetch: typeof globalThis.fetch;
  /** The clock of this device, in epoch milliseconds. Default: `Date.now`. */
  readonly now: () => number;
  /** How long one request may take. Default 10 s. */
  readonly timeoutMs: number;
}

/** Fills in the defaults of an environment. */
export function createEnvironment(given: Partial<Environment> = {}): Environment {
  return {
    fetch: given.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    now: given.now ?? Date.now,
    timeoutMs: given.timeoutMs ?? 10_000,
  };
}

/** A response, read. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Why there is no response. */
export interface NoReply {
  /** A few words, e.g. `ENOTFOUND`. */
  readonly failure: string;
}

/** Sends a request without cookies and reads the response; redirects are not followed. Does not reject. */
export async function send(
  { fetch, timeoutMs }: Environment,
  url: string,
  init: RequestInit = {},
): Promise<Reply | NoReply> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      credentials: 'omit',
      redirect: 'manual',
      cache: 'no-store',
      signal,
      ...init,
    });
    const { status, headers } = response;
    return { status, headers, text: await response.text() };
  } catch (error) {
    return { failure: signal.aborted ? `no response within ${timeoutMs} ms` : reasonOf(error) };
  }
}

/** Whether the server has responded. */
export function isReply(result: Reply | NoReply): result is Reply {
  return 'status' in result;
}

/** Describes a response, or its absence, without its content. */
export function describeReply(result: Reply | NoReply): string {
  if (!isReply(result)) return result.failure;
  return isHtml(result) ? `status ${result.status}, a page of HTML` : `status ${result.status}`;
}

/** Whether the response is a page. */
export function isHtml({ headers }: Reply): boolean {
  return /^text\/html/i.test(headers.get('content-type') ?? '');
}

/** Returns where the response redirects to; `null` for no redirect. */
export function redirectOf({ status, headers }: Reply, requestUrl: string): URL | null {
  const location = headers.get('location');
  const isRedirect = status >= 300 && status < 400 && location !== null;
  return isRedirect && URL.canParse(location, requestUrl) ? new URL(location, requestUrl) : null;
}

/** Returns the URL without what may be secret: its query, fragment and credentials. */
export function withoutQuery({ origin, pathname, protocol, host }: URL): string {
  return `${origin === 'null' ? `${protocol}//${host}` : origin}${pathname}`;
}

/** Returns a URL that a server has sent as it may be printed. */
export function printableUrl(value: unknown): string {
  const isUrl = typeof value === 'string' && URL.canParse(value);
  return isUrl ? withoutQuery(new URL(value)) : 'not a URL';
}

/** Describes the header `Access-Control-Allow-Origin` of a response. */
export function describeAllowedOrigin(value: string | null): string {
  if (value === null) return 'no Access-Control-Allow-Origin';
  const isPlain = /^(\*|null|https?:\/\/[\w.:[\]-]+)$/.test(value);
  return `Access-Control-Allow-Origin ${isPlain ? value : 'with another value'}`;
}

/** Parses a JSON object; returns `null` for anything else. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns an OAuth error code that is safe to print; servers may send anything. @see RFC 6749 section 4.1.2.1 */
export function safeErrorCode(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' && /^[a-z_]{1,60}$/.test(value) ? value : 'an unknown error';
}

/** Returns the code of a network error, which names neither the request nor its content. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^\w+$/.test(code) ? code : 'network error';
}

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

/** Returns the code of a network error, which names neither the request nor its content. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^\w+$/.test(code) ? code : 'network error';
}

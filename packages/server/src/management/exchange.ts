import { aborted } from './abortable.js';
import { ManagementError } from './errors.js';
import type { FailureCause } from './errors.js';
import { redact } from './redact.js';

/** One request on the wire. */
export interface ExchangeRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string | undefined;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  /** Values that must not appear in errors. */
  secrets: readonly string[];
}

/** One response, read to its end. */
export interface ExchangeResponse {
  status: number;
  headers: Headers;
  /** Parsed JSON, the text of anything else, `undefined` for an empty body. */
  body: unknown;
}

/**
 * Sends one request and reads the whole response within `timeoutMs`. Fails with `network`, `timeout`, `aborted` or, for a
 * redirect, `unexpected_response`; an HTTP error is a response like any other.
 */
export async function exchange(
  fetch: typeof globalThis.fetch,
  request: ExchangeRequest,
): Promise<ExchangeResponse> {
  if (request.signal?.aborted) throw aborted();
  const deadline = AbortSignal.timeout(request.timeoutMs);
  const signal = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline;
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body ?? null,
      signal,
      // Following a redirect would send the secret or the request's content to its target.
      redirect: 'manual',
    });
    const text = await response.text();
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      throw redirected(request.url, response.status);
    }
    return { status: response.status, headers: response.headers, body: parseBody(response, text) };
  } catch (error) {
    if (error instanceof ManagementError) throw error;
    if (request.signal?.aborted) throw aborted();
    const { origin } = new URL(request.url);
    const cause = describe(error, request.secrets);
    if (deadline.aborted) {
      const message = `${origin} did not respond within ${request.timeoutMs} ms. Try again later or raise timeoutMs.`;
      throw new ManagementError(message, { code: 'timeout', cause });
    }
    const message = `${origin} could not be reached. Check its host name, your network and any proxy in between.`;
    throw new ManagementError(message, { code: 'network', cause });
  }
}

function redirected(url: string, status: number): ManagementError {
  return new ManagementError(
    `${new URL(url).origin} responded with a redirect, which is not followed. Check that issuer and apiUrl name Sesamy's own hosts.`,
    { code: 'unexpected_response', status },
  );
}

function parseBody(response: Response, text: string): unknown {
  if (text === '') return undefined;
  if (!/\bjson\b/i.test(response.headers.get('content-type') ?? '')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function describe(error: unknown, secrets: readonly string[]): FailureCause {
  if (!(error instanceof Error))
    return { name: typeof error, message: redact(String(error), secrets) };
  // Node wraps the reason: `fetch failed`, caused by ECONNREFUSED.
  const reason = error.cause instanceof Error ? error.cause : error;
  const code: unknown = Reflect.get(reason, 'code');
  return {
    name: error.name,
    message: redact(reason.message, secrets),
    ...(typeof code === 'string' ? { code } : {}),
  };
}

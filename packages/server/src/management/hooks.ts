import { isManagementError } from './errors.js';
import type { ManagementError } from './errors.js';
import type { ExchangeResponse } from './exchange.js';
import { redact, redactPath } from './redact.js';

/** One request on the wire, as hooks see it: without headers, query and body. */
export interface RequestEvent {
  /** Whether it fetches an access token or calls the API. */
  readonly target: 'token' | 'api';
  readonly method: string;
  /** Such as `https://api.sesamy.com`. */
  readonly origin: string;
  /** The path, with secrets, tokens and e-mail addresses taken out. Ids of users may be in it. */
  readonly path: string;
  /** 1 for the first request of a call, 2 and up when it is sent again. */
  readonly attempt: number;
}

/** The end of a request, with or without a response. */
export interface ResponseEvent extends RequestEvent {
  /** From sending to the last byte of the response, in milliseconds. Excludes waiting in the queue. */
  readonly durationMs: number;
  /** HTTP status; `undefined` when there was no response. */
  readonly status: number | undefined;
  /** Sesamy's id of the request, for its support. */
  readonly requestId: string | undefined;
  /** Why the request failed, where it did. */
  readonly error: ManagementError | undefined;
}

/** A failed request that will be retried. */
export interface RetryEvent extends RequestEvent {
  /** How long until then, in milliseconds. */
  readonly delayMs: number;
  readonly error: ManagementError;
}

/**
 * Called around each request, token requests included, for logs and metrics. Errors of a hook are
 * ignored, so that they do not fail the call. No event holds a secret, a token or an e-mail address.
 */
export interface ManagementHooks {
  /** Before a request is sent. */
  onRequest?: ((event: RequestEvent) => unknown) | undefined;
  /** After a request has ended, with or without a response. */
  onResponse?: ((event: ResponseEvent) => unknown) | undefined;
  /** Before the wait that precedes a retry. */
  onRetry?: ((event: RetryEvent) => unknown) | undefined;
}

/** A request as an event. */
export function requestEvent(
  target: RequestEvent['target'],
  { method, url, secrets }: { method: string; url: string; secrets: readonly string[] },
  attempt: number,
): RequestEvent {
  const { origin, pathname } = new URL(url);
  return { target, method, origin, path: redactPath(pathname, secrets), attempt };
}

/** Sends a request between its two hooks; without hooks no event is made. */
export async function observed(
  hooks: ManagementHooks,
  eventOf: () => RequestEvent,
  secrets: readonly string[],
  send: () => Promise<ExchangeResponse>,
): Promise<ExchangeResponse> {
  if (!hooks.onRequest && !hooks.onResponse) return send();
  const event = eventOf();
  notify(hooks.onRequest, event);
  const startedAt = performance.now();
  const end = (outcome: Omit<ResponseEvent, keyof RequestEvent | 'durationMs'>): void =>
    notify(hooks.onResponse, { ...event, durationMs: performance.now() - startedAt, ...outcome });
  try {
    const response = await send();
    const requestId = redact(response.headers.get('x-request-id') ?? '', secrets) || undefined;
    end({ status: response.status, requestId, error: undefined });
    return response;
  } catch (error) {
    if (isManagementError(error)) end({ status: error.status, requestId: error.requestId, error });
    throw error;
  }
}

/** Calls a hook and ignores its errors. */
export function notify<E>(hook: ((event: E) => unknown) | undefined, event: E): void {
  try {
    Promise.resolve(hook?.(event)).catch(() => undefined);
  } catch {
    // A logger that fails must not fail the call.
  }
}

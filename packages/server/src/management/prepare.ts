import type { CallOptions } from './api.js';
import { isManagementError } from './errors.js';
import { maxDelayMs, misconfigured } from './options.js';
import type { Query } from './pagination.js';
import { urlOf } from './path.js';
import { encodeBody } from './representation.js';

/** A call as passed to a method of the client. */
export interface Call extends CallOptions {
  method: string;
  path: string;
  query?: Query | undefined;
  body?: unknown;
}

/** A call that can be sent: all of the caller's input has been read and checked. */
export interface PreparedCall {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
  timeoutMs: number;
  mayRepeat: boolean;
  signal: AbortSignal | undefined;
}

const idempotentMethods = new Set(['GET', 'PUT', 'DELETE']);

/**
 * Reads and checks the caller's input.
 *
 * @throws ManagementError `invalid_configuration`.
 */
export function prepareCall(apiUrl: string, call: Call, defaultTimeoutMs: number): PreparedCall {
  try {
    const content = encodeBody(call.body);
    return {
      method: call.method,
      url: urlOf(apiUrl, call.path, call.query),
      headers: content.headers,
      body: content.body,
      timeoutMs: timeoutOf(call.timeoutMs ?? defaultTimeoutMs),
      mayRepeat: call.retry ?? idempotentMethods.has(call.method),
      signal: signalOf(call.signal),
    };
  } catch (error) {
    if (isManagementError(error)) throw error;
    throw misconfigured(
      'The call cannot be sent: its path, query or body cannot be read. Pass text, numbers, booleans and plain objects.',
    );
  }
}

function timeoutOf(timeoutMs: number): number {
  if (Number.isFinite(timeoutMs) && timeoutMs >= 1 && timeoutMs <= maxDelayMs) return timeoutMs;
  throw misconfigured(`The option timeoutMs must be a number from 1 to ${maxDelayMs}.`);
}

/** @throws ManagementError `invalid_configuration` if it is not a signal. */
export function signalOf(signal: unknown): AbortSignal | undefined {
  if (signal === undefined || signal === null) return undefined;
  if (signal instanceof AbortSignal) return signal;
  throw misconfigured('The option signal must be an AbortSignal.');
}

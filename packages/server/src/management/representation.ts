import { isObject } from './error-body.js';
import { misconfigured } from './options.js';

const envelopeKeys = new Set(['data', 'meta', 'pagination']);

/** Unwraps `{data, meta}`, which some hosts add; returns anything else unchanged. */
export function unwrap(body: unknown): unknown {
  const isEnvelope =
    isObject(body) && 'data' in body && Object.keys(body).every((key) => envelopeKeys.has(key));
  return isEnvelope ? body['data'] : body;
}

/**
 * A request body with its media type: text as it is, anything else as JSON.
 *
 * @throws ManagementError `invalid_configuration`, or what JSON.stringify throws.
 */
export function encodeBody(body: unknown): {
  body: string | undefined;
  headers: Record<string, string>;
} {
  if (body === undefined) return { body: undefined, headers: {} };
  if (typeof body === 'string')
    return { body, headers: { 'content-type': 'text/plain;charset=UTF-8' } };
  const json: string | undefined = JSON.stringify(body);
  if (json === undefined)
    throw misconfigured('A body must be text or something that JSON can hold.');
  return { body: json, headers: { 'content-type': 'application/json' } };
}

/** Casts a response to its documented type. The one place where the wire format is trusted. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the documented type
export function asDocumented<T>(body: unknown): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checking every field would reject what Sesamy adds
  return body as T;
}

import { isObject } from './error-body.js';
import { misconfigured } from './options.js';

const envelopeKeys = new Set(['data', 'meta', 'pagination']);

/** Takes the content out of `{data, meta}`, which some hosts wrap around it; anything else is content already. */
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

/** Treats a response as what Sesamy documents it to be. The one place where the wire is trusted to keep its types. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the documented type
export function asDocumented<T>(body: unknown): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checking every field would refuse what Sesamy adds
  return body as T;
}

import { ApiError } from './api-error.js';
import { AuthError } from '../errors.js';
import { readErrorCode } from '../platform/error-code.js';
import { isObject, parseJson, readString } from '../platform/json.js';
import { readRetryAfter } from '../platform/retry-after.js';

/**
 * Resolves to the JSON body of a successful response of Sesamy's API, without the `{ data, meta }` envelope of some
 * versions unless `keepsEnvelope`.
 * @throws ApiError for an error response or one that is not JSON; AuthError `network` or `aborted` for an incomplete one
 */
export async function readApiResponse(response: Response, keepsEnvelope = false): Promise<unknown> {
  const text = await readText(response);
  const body = parseJson(text);
  if (!response.ok) throw toApiError(response, body, text);
  if (text === '') return null;
  if (body === undefined) throw new ApiError({ status: response.status, code: 'not_json' });
  return keepsEnvelope ? body : openEnvelope(body).data;
}

/** Returns the contents of a `{ data, meta }` envelope; a body without one is the data. */
export function openEnvelope(body: unknown): { readonly data: unknown; readonly meta: unknown } {
  return isObject(body) && 'data' in body && 'meta' in body
    ? { data: body['data'], meta: body['meta'] }
    : { data: body, meta: undefined };
}

async function readText(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    // Network failures are TypeErrors; anything else is the caller's abort reason.
    throw cause instanceof TypeError
      ? new AuthError('network', "The API's response broke off. Try again.", { cause })
      : new AuthError('aborted', 'The request was aborted by its caller.', { cause });
  }
}

/** Creates the error from the first of several error formats that Sesamy's servers use. */
function toApiError(response: Response, body: unknown, text: string): ApiError {
  const outer = isObject(body) ? body : {};
  const inner = isObject(outer['error']) ? outer['error'] : outer;
  const sent = readString(inner['code']) ?? readString(outer['error']);
  const code = readErrorCode(sent);
  return new ApiError({
    status: response.status,
    code: code ?? `http_${response.status}`,
    description:
      readString(outer['error_description']) ??
      readString(inner['message']) ??
      (code === undefined ? sent : undefined) ??
      readString(body === undefined ? text.slice(0, 200) : body),
    requestId: readString(inner['request_id']) ?? response.headers.get('x-request-id') ?? undefined,
    retryAfterSeconds: readRetryAfter(response, body),
    details: inner['details'],
  });
}

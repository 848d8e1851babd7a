import { ApiError } from './api-error.js';
import { AuthError } from '../errors.js';
import { isObject, parseJson, readString } from '../platform/json.js';

/** An error code as RFC 6749 and the API spell them; free text stays out of our messages. */
export const CODE: RegExp = /^[\w.:/-]{1,64}$/;

/**
 * The JSON of a successful response of Sesamy's API, without the `{ data, meta }` envelope that some versions put
 * around it unless `keepsEnvelope`.
 * @throws ApiError for an answer that is not a success or not JSON;
 * AuthError `network` or `aborted` for one that does not arrive whole
 */
export async function readApiResponse(response: Response, keepsEnvelope = false): Promise<unknown> {
  const text = await readText(response);
  const body = parseJson(text);
  if (!response.ok) throw toApiError(response, body, text);
  if (text === '') return null;
  if (body === undefined) throw new ApiError({ status: response.status, code: 'not_json' });
  if (keepsEnvelope || !isObject(body)) return body;
  return 'data' in body && 'meta' in body ? body['data'] : body;
}

async function readText(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    // The network's failures are TypeErrors; anything else is the reason that the caller aborted with.
    throw cause instanceof TypeError
      ? new AuthError('network', "The API's answer broke off. Try again.", { cause })
      : new AuthError('aborted', 'The request was aborted by its caller.', { cause });
  }
}

/** Sesamy's servers speak in several dialects; the words are taken from the first that is there. */
function toApiError(response: Response, body: unknown, text: string): ApiError {
  const outer = isObject(body) ? body : {};
  const inner = isObject(outer['error']) ? outer['error'] : outer;
  const said = readString(inner['code']) ?? readString(outer['error']) ?? '';
  const isCode = CODE.test(said);
  return new ApiError({
    status: response.status,
    code: isCode ? said : `http_${response.status}`,
    description:
      readString(outer['error_description']) ??
      readString(inner['message']) ??
      (isCode ? undefined : readString(said)) ??
      readString(body === undefined ? text.slice(0, 200) : body),
    requestId: readString(inner['request_id']) ?? response.headers.get('x-request-id') ?? undefined,
    retryAfterSeconds: readSeconds(response.headers.get('retry-after') ?? inner['retry_after']),
    details: inner['details'],
  });
}

function readSeconds(said: unknown): number | undefined {
  const seconds = typeof said === 'string' ? Number.parseFloat(said) : said;
  return typeof seconds === 'number' && Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

import { ApiError } from './api-error.js';
import { isObject, parseJson, readString } from './json.js';

/**
 * The JSON of a successful answer of Sesamy's API, without the `{ data }` envelope that some versions put around it.
 * @throws ApiError for an answer that is not a success or not JSON
 */
export async function readApiResponse(response: Response): Promise<unknown> {
  const text = await response.text();
  const body = parseJson(text);
  if (!response.ok) throw toApiError(response, body, text);
  if (text === '') return null;
  if (body === undefined) throw new ApiError({ status: response.status, code: 'not_json' });
  return isObject(body) && 'data' in body && 'meta' in body ? body['data'] : body;
}

/** Sesamy's servers speak in several dialects; the words are taken from the first that is there. */
function toApiError(response: Response, body: unknown, text: string): ApiError {
  const outer = isObject(body) ? body : {};
  const inner = isObject(outer['error']) ? outer['error'] : outer;
  const retryAfter = Number(
    response.headers.get('retry-after') ?? inner['retry_after'] ?? Number.NaN,
  );
  return new ApiError({
    status: response.status,
    code: readString(inner['code']) ?? readString(outer['error']) ?? `http_${response.status}`,
    description:
      readString(outer['error_description']) ??
      readString(inner['message']) ??
      (isObject(body) ? undefined : text.slice(0, 200)),
    requestId: readString(inner['request_id']) ?? response.headers.get('x-request-id') ?? undefined,
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : undefined,
    details: inner['details'],
  });
}

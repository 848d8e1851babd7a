import { isObject, parseJson, readString } from './json.js';

/** Extra facts of an {@link ApiError}. */
export interface ApiErrorDetails {
  readonly status: number;
  /** The API's error code, such as `validation_error`; `http_<status>` where it gave none. */
  readonly code: string;
  /** The API's words. */
  readonly description?: string | undefined;
  /** To quote to Sesamy's support. */
  readonly requestId?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  /** What the API said of the input, such as `{ field, reason }`. */
  readonly details?: unknown;
}

/** An answer of Sesamy's API that is not a success. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly description: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly details: unknown;

  constructor(details: ApiErrorDetails) {
    super(`The API answered ${details.status} (${details.code}).`);
    this.status = details.status;
    this.code = details.code;
    this.description = details.description;
    this.requestId = details.requestId;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.details = details.details;
  }
}

/** Tells an {@link ApiError}, also one of another copy of this package in the same bundle. */
export function isApiError(value: unknown): value is ApiError {
  return value instanceof Error && value.name === 'ApiError' && 'status' in value;
}

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

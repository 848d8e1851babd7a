/** What Sesamy's API says of a failure. */
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

/** An answer of Sesamy's API that is not a success; its fields are those of {@link ApiErrorDetails}. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  declare readonly status: number;
  declare readonly code: string;
  declare readonly description: string | undefined;
  declare readonly requestId: string | undefined;
  declare readonly retryAfterSeconds: number | undefined;
  declare readonly details: unknown;

  constructor(details: ApiErrorDetails) {
    super(`The API answered ${details.status} (${details.code}).`);
    Object.assign(this, details);
  }
}

/** Tells an {@link ApiError}, also one of another copy of this package in the same bundle. */
export function isApiError(value: unknown): value is ApiError {
  return value instanceof Error && value.name === 'ApiError' && 'status' in value;
}

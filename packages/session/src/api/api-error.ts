import { withLink } from '#error-link';

/** Details of an API error. */
export interface ApiErrorDetails {
  readonly status: number;
  /** The API's error code, e.g. `validation_error`; `http_<status>` if it sent none. */
  readonly code: string;
  /** The API's description. */
  readonly description?: string | undefined;
  /** The request's id, for Sesamy's support. */
  readonly requestId?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  /** The API's details about the input, e.g. `{ field, reason }`. */
  readonly details?: unknown;
}

/** An error response of Sesamy's API; its fields are those of {@link ApiErrorDetails}. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  declare readonly status: number;
  declare readonly code: string;
  declare readonly description: string | undefined;
  declare readonly requestId: string | undefined;
  declare readonly retryAfterSeconds: number | undefined;
  declare readonly details: unknown;

  constructor(details: ApiErrorDetails) {
    const message = `The API responded with ${details.status} (${details.code}).`;
    super(withLink?.(message, 'api-errors') ?? message);
    Object.assign(this, details);
  }
}

/** Whether the value is an {@link ApiError}, also of another copy of this package in the same bundle. */
export function isApiError(value: unknown): value is ApiError {
  return value instanceof Error && value.name === 'ApiError' && 'status' in value;
}

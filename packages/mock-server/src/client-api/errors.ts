/** Error codes of Sesamy's APIs, with their HTTP status. */
const STATUS = {
  validation_error: 400,
  authentication_required: 401,
  insufficient_permissions: 403,
  resource_not_found: 404,
  rate_limit_exceeded: 429,
  internal_error: 500,
  service_unavailable: 503,
} as const;

/** A code of Sesamy's API errors. */
export type ApiErrorCode = keyof typeof STATUS;

/** What is wrong with one field of a body. */
export interface ApiErrorDetails {
  readonly field: string;
  readonly reason: string;
}

/** An error response of an API: `{error: {code, message, details, request_id}}`. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly code: ApiErrorCode;
  readonly details: ApiErrorDetails | undefined;

  constructor(code: ApiErrorCode, message: string, details?: ApiErrorDetails) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** The error as an HTTP response. */
export function apiRefusalResponse(refusal: ApiRefusal, requestId: string): Response {
  const { code, message, details } = refusal;
  const status = STATUS[code];
  const headers = {
    'cache-control': 'no-store',
    'x-request-id': requestId,
    ...(status === 401 && { 'www-authenticate': 'Bearer error="invalid_token"' }),
  };
  const error = { code, message, ...(details && { details }), request_id: requestId };
  return Response.json({ error }, { status, headers });
}

import type { Fidelity } from './options.js';

/** A response in the engine's format: JSON when the body is an object, else plain text. */
export interface EngineResponse {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> | string;
}

/** An error with its wording in both fidelities. Thrown by the endpoints, rendered by the app. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';
  readonly status: number;
  readonly error: string;
  readonly engine: EngineResponse;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    error: string,
    description: string,
    engine: EngineResponse,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(description);
    this.status = status;
    this.error = error;
    this.engine = engine;
    this.headers = headers;
  }
}

/** The error as an HTTP response. */
export function refusalResponse(refusal: RefusalError, fidelity: Fidelity): Response {
  const headers = { 'cache-control': 'no-store', pragma: 'no-cache', ...refusal.headers };
  if (fidelity === 'engine') {
    const { status, body } = refusal.engine;
    if (typeof body !== 'string') return Response.json(body, { status, headers });
    return new Response(body, {
      status,
      headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' },
    });
  }
  const body = { error: refusal.error, error_description: refusal.message };
  return Response.json(body, { status: refusal.status, headers });
}

/** RFC 6749 section 5.2: a parameter is missing, repeated or malformed. */
export function invalidRequest(description: string, engine?: EngineResponse): RefusalError {
  return new RefusalError(
    400,
    'invalid_request',
    description,
    engine ?? asOAuth(400, 'invalid_request', description),
  );
}

/** RFC 6749 section 5.2: the client could not be authenticated. */
export function invalidClient(
  description: string,
  engine: EngineResponse,
  options: { usedBasic?: boolean } = {},
): RefusalError {
  const headers = options.usedBasic ? { 'www-authenticate': 'Basic realm="sesamy"' } : {};
  return new RefusalError(401, 'invalid_client', description, engine, headers);
}

/** RFC 6749 section 5.2: the code or refresh token is not valid (any more). */
export function invalidGrant(description: string, engine?: EngineResponse): RefusalError {
  return new RefusalError(
    400,
    'invalid_grant',
    description,
    engine ?? asOAuth(403, 'invalid_grant', description),
  );
}

/** The user or client is not allowed what was requested. */
export function accessDenied(description: string): RefusalError {
  return new RefusalError(
    403,
    'access_denied',
    description,
    asOAuth(403, 'access_denied', description),
  );
}

/** RFC 6749 section 5.2: the client is not registered for this grant. */
export function unauthorizedClient(description: string): RefusalError {
  return new RefusalError(
    400,
    'unauthorized_client',
    description,
    asOAuth(400, 'unauthorized_client', description),
  );
}

/** RFC 6749 section 5.2: no such grant. The engine responds with its validator's error object. */
export function unsupportedGrantType(grantType: string): RefusalError {
  return new RefusalError(
    400,
    'unsupported_grant_type',
    `The grant type "${grantType}" is not supported.`,
    {
      status: 400,
      body: {
        success: false,
        error: { name: 'ZodError', message: 'Invalid discriminator value for grant_type' },
      },
    },
  );
}

/** The engine's short format, `{"message": …}`. */
export function engineMessage(status: number, message: string): EngineResponse {
  return { status, body: { message } };
}

function asOAuth(status: number, error: string, description: string): EngineResponse {
  return { status, body: { error, error_description: description } };
}

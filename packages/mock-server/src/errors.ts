import type { Fidelity } from './options.js';

/** An answer in the engine's own dialect: JSON when the body is an object, else plain text. */
export interface EngineAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> | string;
}

/** A refusal, with its wording in both fidelities. Thrown by the endpoints, rendered by the app. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';
  readonly status: number;
  readonly error: string;
  readonly engine: EngineAnswer;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    error: string,
    description: string,
    engine: EngineAnswer,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(description);
    this.status = status;
    this.error = error;
    this.engine = engine;
    this.headers = headers;
  }
}

/** The refusal as an HTTP answer. */
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
export function invalidRequest(description: string, engine?: EngineAnswer): RefusalError {
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
  engine: EngineAnswer,
  options: { usedBasic?: boolean } = {},
): RefusalError {
  const headers = options.usedBasic ? { 'www-authenticate': 'Basic realm="sesamy"' } : {};
  return new RefusalError(401, 'invalid_client', description, engine, headers);
}

/** RFC 6749 section 5.2: the code or refresh token is not good (any more). */
export function invalidGrant(description: string, engine?: EngineAnswer): RefusalError {
  return new RefusalError(
    400,
    'invalid_grant',
    description,
    engine ?? asOAuth(403, 'invalid_grant', description),
  );
}

/** The user or client may not have what was asked for. */
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

/** The engine's short dialect, `{"message": …}`. */
export function engineMessage(status: number, message: string): EngineAnswer {
  return { status, body: { message } };
}

function asOAuth(status: number, error: string, description: string): EngineAnswer {
  return { status, body: { error, error_description: description } };
}

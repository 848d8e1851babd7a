import { docsUrlOf } from '../errors-page.js';

/**
 * Why a call failed. Decide on this, never on `message`.
 *
 * - `invalid_configuration`: the developer's mistake; nothing was sent.
 * - `invalid_client`: Sesamy rejects the client id and secret.
 * - `unauthorized`: the API rejects the access token, a fresh one included.
 * - `forbidden`: the credentials, their scopes or the plan do not cover the call.
 * - `validation`: the API rejects a value of the request.
 * - `not_found`, `conflict`: as the status says.
 * - `rate_limited`: too many calls; see `retryAfterSeconds`.
 * - `server_error`: Sesamy responded with 5xx.
 * - `unexpected_response`: a response that is not JSON, has no token, or is a redirect.
 * - `network`: no response at all.
 * - `timeout`: no response in time.
 * - `aborted`: the caller's signal.
 */
export type ManagementErrorCode =
  | 'invalid_configuration'
  | 'invalid_client'
  | 'unauthorized'
  | 'forbidden'
  | 'validation'
  | 'not_found'
  | 'conflict'
  | 'rate_limited'
  | 'server_error'
  | 'unexpected_response'
  | 'network'
  | 'timeout'
  | 'aborted';

/** One rejected value of a request. The value itself is left out: it may be personal. */
export interface ValidationDetail {
  field: string;
  reason?: string;
}

/** A low-level failure as text: the original may hold the request with its secret. */
export interface FailureCause {
  name: string;
  message: string;
  code?: string;
}

/** What a {@link ManagementError} is constructed from. */
export interface ManagementErrorInit {
  code: ManagementErrorCode;
  /** HTTP status of the response, where there was one. */
  status?: number | undefined;
  /** Sesamy's id of the request, for its support. */
  requestId?: string | undefined;
  /** How long to wait before a retry, in seconds, if the server said so. */
  retryAfterSeconds?: number | undefined;
  /** The server's value, if it is longer than its rate-limit window. */
  requestedRetryAfterSeconds?: number | undefined;
  /** The `error` of an OAuth response, or the `code` of an API response. */
  serverCode?: string | undefined;
  details?: readonly ValidationDetail[] | undefined;
  cause?: FailureCause | undefined;
}

const brand = Symbol.for('@sesamy-kit/server/management-error');
const retryableCodes: ReadonlySet<ManagementErrorCode> = new Set([
  'rate_limited',
  'server_error',
  'network',
  'timeout',
]);

/**
 * The only error that the Management API client rejects with. Its message says what to check; neither message, nor
 * `cause`, nor any other property holds a secret, a token or an e-mail address.
 */
export class ManagementError extends Error {
  override readonly name = 'ManagementError';
  readonly code: ManagementErrorCode;
  /** Where the page on errors explains the code. */
  readonly docsUrl: string;
  /** HTTP status of the response, where there was one. */
  readonly status?: number;
  /** Sesamy's id of the request, for its support. */
  readonly requestId?: string;
  /** How long to wait before a retry, in seconds, if the server said so. With `rate_limited` at most 60. */
  readonly retryAfterSeconds?: number;
  /** The server's value, if it is longer than its rate-limit window of 60 s; only with `rate_limited`. */
  readonly requestedRetryAfterSeconds?: number;
  /** The `error` of an OAuth response, or the `code` of an API response. */
  readonly serverCode?: string;
  /** The values that the API rejected; only with `validation`. */
  readonly details?: readonly ValidationDetail[];

  constructor(message: string, init: ManagementErrorInit) {
    super(message, init.cause ? { cause: init.cause } : undefined);
    this.code = init.code;
    this.docsUrl = docsUrlOf(`management-${init.code}`);
    if (init.status !== undefined) this.status = init.status;
    if (init.requestId !== undefined) this.requestId = init.requestId;
    if (init.retryAfterSeconds !== undefined) this.retryAfterSeconds = init.retryAfterSeconds;
    if (init.requestedRetryAfterSeconds !== undefined)
      this.requestedRetryAfterSeconds = init.requestedRetryAfterSeconds;
    if (init.serverCode !== undefined) this.serverCode = init.serverCode;
    if (init.details !== undefined) this.details = init.details;
    Object.defineProperty(this, brand, { value: true });
  }

  /** Whether the same call may succeed later without any change. */
  get retryable(): boolean {
    return retryableCodes.has(this.code);
  }

  /** For loggers: `Error` itself serialises to `{}`. */
  toJSON(): object {
    const {
      name,
      code,
      message,
      status,
      requestId,
      retryAfterSeconds,
      requestedRetryAfterSeconds,
      serverCode,
      details,
      retryable,
      cause,
      docsUrl,
    } = this;
    return {
      name,
      code,
      message,
      status,
      requestId,
      retryAfterSeconds,
      requestedRetryAfterSeconds,
      serverCode,
      details,
      retryable,
      cause,
      docsUrl,
    };
  }
}

/** Tells a {@link ManagementError} from any other value, across copies of this package. */
export function isManagementError(value: unknown): value is ManagementError {
  return typeof value === 'object' && value !== null && Reflect.get(value, brand) === true;
}

import type { ServerContext } from '../context.js';
import { formRequest } from '../form-request.js';

/** Sends a request to the server itself, as the handler of a real API host does to the issuer: logged, and hit by faults. */
export type BackChannel = (request: Request, signal: AbortSignal) => Promise<Response>;

/** The response of the token endpoint. */
export interface TokenResponse {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly idToken: string | null;
}

/** The token endpoint responded with an error or an unusable response. */
export class BackChannelError extends Error {
  override readonly name = 'BackChannelError';
  /** The server's error code; `temporarily_unavailable` without a conclusive one. */
  readonly code: string;

  constructor(code: string) {
    super(`The token endpoint responded with ${code}.`);
    this.code = code;
  }
}

const TIMEOUT_MS = 10_000;

/** Sends a token request. @throws BackChannelError */
export async function requestTokens(
  server: ServerContext,
  backChannel: BackChannel,
  params: Readonly<Record<string, string>>,
): Promise<TokenResponse> {
  const response = await post(server, backChannel, 'oauth/token', params);
  const body = await readObject(response);
  if (!response.ok) throw new BackChannelError(errorCode(response.status, body));
  const { access_token, refresh_token, id_token, token_type } = body;
  const isBearer = typeof token_type === 'string' && token_type.toLowerCase() === 'bearer';
  if (typeof access_token !== 'string' || access_token === '' || !isBearer) throw unusable();
  return {
    accessToken: access_token,
    refreshToken: typeof refresh_token === 'string' ? refresh_token : null,
    idToken: typeof id_token === 'string' ? id_token : null,
  };
}

/** Revokes a refresh token; a logout succeeds either way. */
export async function revokeToken(
  server: ServerContext,
  backChannel: BackChannel,
  params: Readonly<Record<string, string>>,
): Promise<void> {
  await post(server, backChannel, 'oauth/revoke', params);
}

function post(
  server: ServerContext,
  backChannel: BackChannel,
  path: string,
  params: Readonly<Record<string, string>>,
): Promise<Response> {
  return backChannel(
    formRequest(new URL(path, server.issuer), params),
    AbortSignal.timeout(TIMEOUT_MS),
  );
}

/** A cut connection has no body to read, either. */
async function readObject(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? { ...body } : {};
  } catch {
    throw unusable();
  }
}

function errorCode(status: number, { error }: Record<string, unknown>): string {
  const isConclusive = status >= 400 && status < 500 && status !== 429;
  if (!isConclusive) return 'temporarily_unavailable';
  return typeof error === 'string' ? error : 'server_error';
}

function unusable(): BackChannelError {
  return new BackChannelError('temporarily_unavailable');
}

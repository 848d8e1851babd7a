import { AuthError, isAuthError } from '../errors.js';
import { isObject } from '../platform/json.js';
import { listen } from '../platform/listen.js';
import type { SessionConfig } from '../options.js';
import { createRefresh, type RefreshPorts } from '../tokens/refresh.js';
import type { TokenRecord } from '../tokens/token-record.js';
import { checkResponse, createLogin, redeem, type RedeemPorts } from './login.js';
import { heedRetryAfter } from './token-grant.js';

/** The server answers at once or not at all. */
const FRAME_TIMEOUT_MS = 8_000;

/** A page that has loaded has said what it had to say, or is not the page that was asked for. */
const AFTER_LOAD_MS = 2_000;

/** Tells the app, should the server send the frame to it after all, that it is in the frame of itself. */
const FRAME_NAME = 'sesamy-kit-silent';

/** What only a user can do. @see OpenID Connect Core 1.0 section 3.1.2.6 */
const IS_INTERACTION = /^((login|interaction|consent)_required|account_selection_required)$/;

/** What passes by itself. @see RFC 6749 section 4.1.2.1 */
const IS_PASSING = /^(server_error|temporarily_unavailable)$/;

/** What a page knows of its session: the tokens, or that it has none yet. */
export interface SilentGrant {
  readonly record: TokenRecord | undefined;
}

/** How a driver's tokens are read and kept. */
export type SilentPorts = Pick<
  RefreshPorts<SilentGrant>,
  'read' | 'write' | 'clear' | 'onSettled'
> &
  Pick<RedeemPorts, 'toError'>;

/**
 * Gets tokens by the authorization server's session cookie, in a hidden frame, one at a time for all tabs; see
 * {@link createRefresh}.
 */
export function createSilentRefresh(
  config: SessionConfig,
  { toError, ...ports }: SilentPorts,
): (isUsable: (record: TokenRecord) => boolean) => Promise<TokenRecord> {
  const refresh = createRefresh<SilentGrant>({
    ...ports,
    lockName: config.key,
    request: heedRetryAfter(async () => ({ record: await logInSilently(config, toError) })),
    isRefusal: (error) => isAuthError(error) && error.code === 'login_required',
  });
  return async (isUsable) => {
    const { record } = await refresh(
      (grant) => grant.record !== undefined && isUsable(grant.record),
    );
    if (record === undefined) throw new AuthError('login_required', 'Nobody is signed in.');
    return record;
  };
}

/**
 * Logs in without showing anything.
 * @throws AuthError `login_required` when the server wants to see the user; `timeout`, `network`,
 * `invalid_configuration` when the page cannot have the frame; `authorization_failed`, `callback_rejected`
 * @see OpenID Connect Core 1.0 section 3.1.2.1 (`prompt=none`)
 */
async function logInSilently(
  config: SessionConfig,
  toError: RedeemPorts['toError'],
): Promise<TokenRecord> {
  const { login, url, state } = await createLogin(config, {
    params: { prompt: 'none', response_mode: 'web_message' },
    returnTo: '/',
    tag: 'silent',
  });
  const response = await requestInFrame(url, state);
  const error = response.get('error') ?? '';
  if (IS_INTERACTION.test(error)) {
    throw new AuthError('login_required', 'The server wants to see the user. Log in again.', {
      oauthError: error,
      oauthErrorDescription: response.get('error_description') ?? undefined,
    });
  }
  if (IS_PASSING.test(error)) {
    throw new AuthError('network', 'The authorization server is not well. Try again.', {
      oauthError: error,
    });
  }
  const code = checkResponse(config, login, response, toError);
  return redeem(config, login, code);
}

/** Sends the request in a hidden frame, and returns the parameters that the server's page posts. */
function requestInFrame(url: URL, state: string): Promise<URLSearchParams> {
  if (window.crossOriginIsolated || window.name === FRAME_NAME) {
    throw new AuthError(
      'invalid_configuration',
      'This page can have no frame of the authorization server. Use the mode "refresh-token", or take cross-origin isolation from the page.',
    );
  }
  const frame = document.createElement('iframe');
  frame.name = FRAME_NAME;
  frame.hidden = true;
  // It may neither take the page elsewhere nor open windows.
  frame.setAttribute('sandbox', 'allow-scripts allow-same-origin');
  frame.src = url.href;
  const stop = new AbortController();
  const { signal } = stop;
  const answer = new Promise<URLSearchParams>((resolve, reject) => {
    const giveUp = (): void =>
      reject(
        new AuthError(
          'timeout',
          'The authorization server said nothing in the hidden frame: it cannot be reached, may not be framed, or does not know the redirect URI. The session is kept; try again.',
        ),
      );
    const timers = [setTimeout(giveUp, FRAME_TIMEOUT_MS)];
    signal.addEventListener('abort', () => timers.forEach(clearTimeout));
    listen(frame, 'load', () => timers.push(setTimeout(giveUp, AFTER_LOAD_MS)), signal);
    listen(
      window,
      'message',
      ({ origin, source, data }: MessageEvent<unknown>) => {
        if (origin !== url.origin || source !== frame.contentWindow) return;
        const response = readResponse(data);
        if (response?.get('state') === state) resolve(response);
      },
      signal,
    );
    listen(
      document,
      'securitypolicyviolation',
      ({ effectiveDirective, blockedURI, disposition }) => {
        const isOurs = effectiveDirective === 'frame-src' && blockedURI.startsWith(url.origin);
        // A policy that only reports blocks nothing.
        if (!isOurs || disposition !== 'enforce') return;
        reject(
          new AuthError(
            'invalid_configuration',
            "The page's Content-Security-Policy blocks the authorization server's frame. Add the issuer to frame-src.",
          ),
        );
      },
      signal,
    );
  });
  (document.body ?? document.documentElement).append(frame);
  return answer.finally(() => {
    stop.abort();
    frame.remove();
  });
}

/** The parameters of a message in the mode `web_message`, or `undefined` for any other message. */
function readResponse(data: unknown): URLSearchParams | undefined {
  if (!isObject(data) || data['type'] !== 'authorization_response') return undefined;
  const { response } = data;
  if (!isObject(response)) return undefined;
  const params = Object.entries(response).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  return new URLSearchParams(params);
}

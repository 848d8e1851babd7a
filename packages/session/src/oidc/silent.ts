import { AuthError, isAuthError } from '../errors.js';
import { isObject } from '../platform/json.js';
import { listen } from '../platform/listen.js';
import type { SessionConfig } from '../options.js';
import { createRefresh, type RefreshPorts } from '../tokens/refresh.js';
import type { Refresh } from '../tokens/token-holder.js';
import type { TokenRecord } from '../tokens/token-record.js';
import { checkResponse, createLogin, redeem, type RedeemPorts } from './login.js';
import { withRetryAfter } from './token-endpoint.js';

/** The server responds quickly or not at all. */
const FRAME_TIMEOUT_MS = 8_000;

/** A loaded page that has posted no response by now is not the server's response page. */
const AFTER_LOAD_MS = 2_000;

/** Lets the app recognize, if the server redirects the frame to it, that it is in its own frame. */
const FRAME_NAME = 'sesamy-kit-silent';

/** Errors that require the user. @see OpenID Connect Core 1.0 section 3.1.2.6 */
const IS_INTERACTION = /^((login|interaction|consent)_required|account_selection_required)$/;

/** Temporary errors. @see RFC 6749 section 4.1.2.1 */
const IS_PASSING = /^(server_error|temporarily_unavailable)$/;

/** The tokens of a page, if it has any yet. */
export interface SilentGrant {
  readonly record: TokenRecord | undefined;
}

/** How a driver's tokens are read and stored. */
export type SilentPorts = Pick<
  RefreshPorts<SilentGrant>,
  'onStart' | 'read' | 'write' | 'clear' | 'onSettled'
> &
  Pick<RedeemPorts, 'toError' | 'revoke'>;

/**
 * Creates a function that gets tokens with the authorization server's session cookie, in a hidden frame, one tab at a
 * time; see {@link createRefresh}.
 */
export function createSilentRefresh(
  config: SessionConfig,
  { toError, revoke, ...ports }: SilentPorts,
): Refresh {
  const refresh = createRefresh<SilentGrant>({
    ...ports,
    lockName: config.key,
    request: withRetryAfter(async () => ({
      record: await logInSilently(config, { toError, revoke }),
    })),
    isRefusal: (error) => isAuthError(error) && error.code === 'login_required',
  });
  return async (isUsable, isStrict) => {
    const { record } = await refresh(
      (grant) => grant.record !== undefined && isUsable(grant.record),
      isStrict,
    );
    if (record === undefined) throw new AuthError('login_required', 'No user is signed in.');
    return record;
  };
}

/**
 * Logs in without showing anything.
 * @throws AuthError `login_required` when the server requires the user; `timeout`, `network`,
 * `invalid_configuration` when the page cannot embed the frame; `authorization_failed`, `callback_rejected`
 * @see OpenID Connect Core 1.0 section 3.1.2.1 (`prompt=none`)
 */
async function logInSilently(
  config: SessionConfig,
  { toError, revoke }: Pick<RedeemPorts, 'toError' | 'revoke'>,
): Promise<TokenRecord> {
  const { login, url, state } = await createLogin(config, {
    params: { prompt: 'none', response_mode: 'web_message' },
    returnTo: '/',
    tag: 'silent',
  });
  const response = await requestInFrame(url, state);
  const error = response.get('error') ?? '';
  if (IS_INTERACTION.test(error)) {
    throw new AuthError('login_required', 'The server requires the user. Log in again.', {
      oauthError: error,
      oauthErrorDescription: response.get('error_description') ?? undefined,
    });
  }
  if (IS_PASSING.test(error)) {
    throw new AuthError(
      'network',
      'The authorization server is temporarily unavailable. Try again.',
      {
        oauthError: error,
      },
    );
  }
  const code = checkResponse(config, login, response, toError);
  return redeem(config, login, code, revoke);
}

/** Sends the request in a hidden frame. Resolves to the parameters that the server's page posts. */
function requestInFrame(url: URL, state: string): Promise<URLSearchParams> {
  if (window.crossOriginIsolated || window.name === FRAME_NAME) {
    throw new AuthError(
      'invalid_configuration',
      'This page cannot embed the authorization server. Use the mode "refresh-token", or remove cross-origin isolation from the page.',
    );
  }
  const frame = document.createElement('iframe');
  frame.name = FRAME_NAME;
  frame.hidden = true;
  // The frame may neither navigate the page nor open windows.
  frame.setAttribute('sandbox', 'allow-scripts allow-same-origin');
  frame.src = url.href;
  const stop = new AbortController();
  const { signal } = stop;
  const posted = new Promise<URLSearchParams>((resolve, reject) => {
    const giveUp = (): void =>
      reject(
        new AuthError(
          'timeout',
          'The authorization server did not respond in the hidden frame: it is unreachable, may not be framed, or rejects the redirect URI. The session is kept; try again.',
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
        // A report-only policy blocks nothing.
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
  return posted.finally(() => {
    stop.abort();
    frame.remove();
  });
}

/** Returns the parameters of a `web_message` response, or `undefined` for any other message. */
function readResponse(data: unknown): URLSearchParams | undefined {
  if (!isObject(data) || data['type'] !== 'authorization_response') return undefined;
  const { response } = data;
  if (!isObject(response)) return undefined;
  const params = Object.entries(response).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  return new URLSearchParams(params);
}

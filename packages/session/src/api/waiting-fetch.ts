import { AuthError, isAuthError } from '../errors.js';
import { abortable } from '../platform/abortable.js';
import type { Session, SessionRequestInit } from '../session.js';
import type { User } from '../user.js';

/** What a waiting call needs of its session. */
export interface WaitContext extends Pick<Session, 'getSnapshot' | 'subscribe' | 'dismissError'> {
  /** Sends a request, or rejects with `login_required` while no user is signed in. */
  readonly send: Session['fetch'];
  /** Returns the user who is signed in, or who was last in this page. */
  readonly lastUser: () => User | undefined;
}

/**
 * Sends the request. If no user is signed in, or the session ends before the API has accepted it, waits for the next
 * login and then sends it once.
 * @param earlierError the error of the state when the call was made
 * @throws AuthError as `send`; `invalid_configuration` for a stream, which cannot be sent again; the error of a login
 * that fails; `user_changed` if another user logs in; `login_required` if the user logs out; `aborted` by the signal
 */
export async function fetchWhenSignedIn(
  context: WaitContext,
  input: RequestInfo | URL,
  init: SessionRequestInit,
  earlierError: AuthError | null | undefined,
): Promise<Response> {
  checkRequest(init);
  const { forUser } = init;
  try {
    const first = input instanceof Request ? input.clone() : input;
    return await context.send(first, init);
  } catch (error) {
    if (!isSignedOut(error)) throw error;
    const signal = init.signal ?? (input instanceof Request ? input.signal : undefined);
    const user = await nextLogin(context, earlierError, signal);
    return await context.send(input, { ...init, forUser: forUser ?? user.sub });
  }
}

/** Resolves to the user of the next login. It may differ from the user of the call. */
async function nextLogin(
  { getSnapshot, subscribe, dismissError }: WaitContext,
  earlierError: AuthError | null | undefined,
  signal: AbortSignal | undefined,
): Promise<User> {
  // The error of a login before this call would otherwise end the wait for the next one.
  if (earlierError && getSnapshot().error === earlierError) dismissError();
  let unsubscribe = (): void => {};
  const login = new Promise<User>((resolve, reject) => {
    const look = (): void => {
      const { status, user, error } = getSnapshot();
      if (user !== undefined) resolve(user);
      else if (error) reject(error);
      else if (status === 'logging-out') {
        reject(new AuthError('login_required', 'The user has logged out. Log in again.'));
      }
    };
    unsubscribe = subscribe(look);
    look();
  });
  return abortable(login, signal).finally(() => unsubscribe());
}

/** Whether a call failed because no user is signed in, rather than for want of a stronger login. */
function isSignedOut(error: unknown): boolean {
  return isAuthError(error) && error.code === 'login_required' && error.loginOptions === undefined;
}

/** @throws AuthError `invalid_configuration` */
function checkRequest({ whenSignedOut, body }: SessionRequestInit): void {
  if (whenSignedOut !== 'wait') {
    throw new AuthError('invalid_configuration', '"whenSignedOut" must be "reject" or "wait".');
  }
  if (typeof body === 'object' && body !== null && 'getReader' in body) {
    throw new AuthError(
      'invalid_configuration',
      'A request whose body is a stream cannot be sent again after a login. Pass the body as text, a Blob or FormData, or leave out "whenSignedOut".',
    );
  }
}

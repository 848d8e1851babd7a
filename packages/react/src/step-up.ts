import { AuthError, isAuthError, type Session } from '@sesamy-kit/session';

/** The login that an API requires of the user, and how it goes. */
export interface StepUpState {
  /** The API's refusal, while its login is needed; its `loginOptions` say which. */
  readonly challenge: AuthError | null;
  /** Whether the login is in progress. */
  readonly isLoggingIn: boolean;
  /** Why the login failed, or `null`. */
  readonly error: AuthError | null;
}

/** The calls of a component that wait for a stronger login. */
export interface StepUps {
  readonly getSnapshot: () => StepUpState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly run: <Result>(task: () => Promise<Result>) => Promise<Result>;
  readonly confirm: (via?: 'popup' | 'redirect') => Promise<void>;
  readonly cancel: () => void;
}

/** A call that waits. */
interface Waiting {
  readonly userId: string | undefined;
  readonly resolve: () => void;
  readonly reject: (error: AuthError) => void;
}

const IDLE: StepUpState = { challenge: null, isLoggingIn: false, error: null };

/** Creates the calls of a component. */
export function createStepUps(session: Session): StepUps {
  const listeners = new Set<() => void>();
  const waiting = new Set<Waiting>();
  let state = IDLE;
  /** Counts the logins and the cancellations, so that a login that was declined changes nothing. */
  let attempts = 0;

  const readUserId = (): string | undefined => session.getSnapshot().user?.sub;

  function set(next: StepUpState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function settle(settleOne: (call: Waiting) => void): void {
    const calls = [...waiting];
    waiting.clear();
    set(IDLE);
    for (const call of calls) settleOne(call);
  }

  function resume({ userId, resolve, reject }: Waiting): void {
    if (userId === readUserId()) resolve();
    else reject(new AuthError('user_changed', 'Another user has logged in. Nothing was sent.'));
  }

  return {
    getSnapshot: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async run(task) {
      const userId = readUserId();
      try {
        return await task();
      } catch (error) {
        if (!isStepUp(error)) throw error;
        await new Promise<void>((resolve, reject) => {
          waiting.add({ userId, resolve, reject });
          set({ ...state, challenge: error });
        });
      }
      return task();
    },
    async confirm(via = 'popup') {
      const { loginOptions = {} } = state.challenge ?? {};
      if (state.challenge === null || state.isLoggingIn) return;
      const attempt = ++attempts;
      set({ ...state, isLoggingIn: true, error: null });
      try {
        if (via === 'redirect') await session.loginWithRedirect(loginOptions);
        else await session.loginWithPopup(loginOptions);
        if (attempt === attempts) settle(resume);
      } catch (error) {
        if (!isAuthError(error)) throw error;
        if (attempt === attempts) set({ ...state, isLoggingIn: false, error });
      }
    },
    cancel() {
      if (state.isLoggingIn) session.cancelLogin();
      attempts += 1;
      const error = new AuthError(
        'aborted',
        'The user declined to log in again. Nothing was sent.',
      );
      settle(({ reject }) => reject(error));
    },
  };
}

function isStepUp(error: unknown): error is AuthError {
  return isAuthError(error) && error.oauthError === 'insufficient_user_authentication';
}

import type { AppState } from './types.js';

/** The `appState` of this tab's login, which survives the redirect. */
export interface AppStateStore {
  /** Keeps the state for the next callback; `undefined` keeps none. */
  readonly put: (appState: AppState | undefined) => void;
  /** Returns the state and removes it. */
  readonly take: () => AppState;
  /** Keeps the state while this login is in progress. Returns the login, which need not settle once a user is signed in. */
  readonly keepFor: <Result>(login: Promise<Result>) => Promise<Result>;
  /** Removes the state of a login that was abandoned, now that another one starts. */
  readonly dropAbandoned: (started: { readonly isAutomatic: boolean }) => void;
  /** Ends the logins in progress: a user has signed in. */
  readonly endAll: () => void;
}

/** Opens the state of an application; one in the tab at a time, as in Auth0's SDK. */
export function openAppState(clientId: string): AppStateStore {
  const name = `auth0-app-state:${clientId}`;
  const inProgress = new Set<Promise<unknown>>();
  /** The session starts a login by itself for a callback that took too long: it continues the one before. */
  let isBack = /[?&]state=/.test(globalThis.location?.search ?? '');

  function put(appState: AppState | undefined): void {
    // Without storage the session cannot complete a login in this tab either.
    withStorage((storage) => {
      if (appState === undefined) storage.removeItem(name);
      else storage.setItem(name, JSON.stringify(appState));
    });
  }

  return {
    put,
    keepFor(login) {
      inProgress.add(login);
      return login.finally(() => inProgress.delete(login));
    },
    dropAbandoned({ isAutomatic }) {
      if (inProgress.size === 0 && !(isBack && isAutomatic)) put(undefined);
    },
    endAll: () => inProgress.clear(),
    take() {
      isBack = false;
      let text: string | null = null;
      withStorage((storage) => {
        text = storage.getItem(name);
        storage.removeItem(name);
      });
      return parse(text);
    },
  };
}

function withStorage(task: (storage: Storage) => void): void {
  try {
    task(sessionStorage);
  } catch {
    // Denied, or full: the login returns to its page without the state.
  }
}

function parse(text: string | null): AppState {
  try {
    const value: unknown = text === null ? null : JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

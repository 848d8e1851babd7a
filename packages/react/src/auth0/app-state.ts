import type { AppState } from './types.js';

/** The `appState` of this tab's login, which survives the redirect. */
export interface AppStateStore {
  /** Keeps the state for the next callback; `undefined` keeps none. */
  readonly put: (appState: AppState | undefined) => void;
  /** Returns the state and removes it. */
  readonly take: () => AppState;
}

/** Opens the state of an application; one in the tab at a time, as in Auth0's SDK. */
export function openAppState(clientId: string): AppStateStore {
  const name = `auth0-app-state:${clientId}`;
  return {
    put(appState) {
      // Without storage the session cannot complete a login in this tab either.
      withStorage((storage) => {
        if (appState === undefined) storage.removeItem(name);
        else storage.setItem(name, JSON.stringify(appState));
      });
    },
    take() {
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

import type { Session } from '@sesamy-kit/session';
import type { AppStateStore } from './app-state.js';
import type { AppState } from './types.js';

/** What the functions of a provider use. */
export interface FunctionsContext {
  readonly session: Session;
  /** The domain as the app wrote it. */
  readonly domain: string;
  readonly audience: string | undefined;
  readonly redirectUri: string | undefined;
  readonly appStates: AppStateStore;
  /** Returns the `appState` of the login that this page has completed, if any. */
  readonly completed: () => AppState | undefined;
}

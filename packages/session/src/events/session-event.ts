import type { AuthError } from '../errors.js';
import type { EndReason } from '../state.js';

/** What `session.on` reports. No event holds a token, a code or a claim of the user. */
export type SessionEvent =
  | LoginStartedEvent
  | LoginSucceededEvent
  | LoginFailedEvent
  | RenewedEvent
  | RenewalFailedEvent
  | SessionEndedEvent
  | TakenOverEvent
  | StorageFallbackEvent;

/** The types of the events. */
export type SessionEventType = SessionEvent['type'];

/** The event of a type; any event for `*`. */
export type SessionEventOf<Type extends SessionEventType | '*'> = Type extends '*'
  ? SessionEvent
  : Extract<SessionEvent, { readonly type: Type }>;

/** A login has started: the page is about to redirect, or a popup is open. */
export interface LoginStartedEvent {
  readonly type: 'login-started';
  readonly via: 'redirect' | 'popup';
  /** Whether the app or the kit started it without a click. */
  readonly isAutomatic: boolean;
}

/** A login has succeeded; the state has its user. */
export interface LoginSucceededEvent {
  readonly type: 'login-succeeded';
  readonly via: 'redirect' | 'popup';
}

/** A login has failed, before or after the redirect. */
export interface LoginFailedEvent {
  readonly type: 'login-failed';
  readonly error: AuthError;
}

/** This page has received new tokens for the signed-in user. Not sent with a token handler, which keeps the tokens. */
export interface RenewedEvent {
  readonly type: 'renewed';
}

/** The tokens of the signed-in user could not be renewed. */
export interface RenewalFailedEvent {
  readonly type: 'renewal-failed';
  /** Why. `login_required` if the server refuses to renew them; `session-ended` follows. */
  readonly error: AuthError;
  /** Whether another try may succeed. */
  readonly retryable: boolean;
  /**
   * When the kit tries again by itself, in epoch milliseconds. `null` for never, e.g. while the page is hidden or nothing
   * subscribes to the session. Calls that need a token try at once.
   */
  readonly retryAt: number | null;
}

/** The user is no longer signed in. */
export interface SessionEndedEvent {
  readonly type: 'session-ended';
  readonly reason: EndReason;
}

/**
 * This page uses what another tab has received: a `renewal`, or the `session` of a user who has logged in there. With
 * `sso-cookie`, also a session that another app of the site has opened.
 */
export interface TakenOverEvent {
  readonly type: 'taken-over';
  readonly what: 'renewal' | 'session';
}

/** IndexedDB is missing, denied or does not respond, so the session is in this page's memory and ends with it. */
export interface StorageFallbackEvent {
  readonly type: 'storage-fallback';
}

export { ApiError, isApiError } from './api/api-error.js';
export type { ApiErrorDetails } from './api/api-error.js';
export { createSesamySession } from './entry/create-session.js';
export type { LoginOptions, RedirectLoginOptions } from './login/login-options.js';
export { createIdleLogout, type IdleLogout, type IdleLogoutOptions } from './idle/idle-logout.js';
export type { IdleState } from './idle/idle-state.js';
export { AuthError, isAuthError } from './errors.js';
export type { AuthErrorCode, AuthErrorDetails } from './errors.js';
export type {
  LoginFailedEvent,
  LoginStartedEvent,
  LoginSucceededEvent,
  RenewalFailedEvent,
  RenewedEvent,
  SessionEndedEvent,
  SessionEvent,
  SessionEventOf,
  SessionEventType,
  StorageFallbackEvent,
  TakenOverEvent,
} from './events/session-event.js';
export type { Navigation, SessionMode, SessionOptions, TokenHandlerAdapter } from './options.js';
export { requireSession, type GuardedPage, type RouterLocation } from './flows/require-session.js';
export type {
  AccessTokenOptions,
  JsonRequestInit,
  JsonResponse,
  JsonResult,
  LogoutOptions,
  Session,
  SessionInfo,
  SessionRequestInit,
  UserInfoOptions,
} from './session.js';
export { isLoginDue } from './login/login-due.js';
export type { EndReason, SessionState, SignedOutReason } from './state.js';
export type {
  OutputOf,
  StandardSchema,
  StandardSchemaIssue,
  StandardSchemaResult,
} from './platform/standard-schema.js';
export type { Register, RegisteredUser } from './user/register.js';
export type { User, UserIdentity } from './user.js';
export { limitOffline, type OfflineLimitOptions } from './offline/limit-offline.js';
export { onUserChange } from './flows/user-change.js';

import { expectTypeOf } from 'vitest';
import {
  createSesamySession,
  isApiError,
  isAuthError,
  requireSession,
  type ApiError,
  type AuthError,
  type AuthErrorCode,
  type EndReason,
  type JsonResponse,
  type LogoutOptions,
  type Session,
  type SessionEvent,
  type SessionInfo,
  type SessionEventType,
  type SessionRequestInit,
  type SessionOptions,
  type SessionState,
  type SignedOutReason,
  type StandardSchema,
  type User,
} from './index.js';

/* Checked by the compiler only; nothing here runs. */

interface Order {
  readonly id: string;
}

declare const orders: StandardSchema<unknown, readonly Order[]>;

/** The state narrows by its status, and has neither `reason` nor `via` of another status. */
export function describeState(state: SessionState): string {
  switch (state.status) {
    case 'authenticated':
      expectTypeOf(state.user).toEqualTypeOf<User>();
      expectTypeOf(state.error).toEqualTypeOf<AuthError | null>();
      return state.user.sub;
    case 'unauthenticated':
      expectTypeOf(state.error).toEqualTypeOf<AuthError | null>();
      expectTypeOf(state.reason).toEqualTypeOf<SignedOutReason>();
      expectTypeOf(state.user).toEqualTypeOf<undefined>();
      expectTypeOf(state).not.toHaveProperty('via');
      return state.reason;
    case 'authenticating':
      expectTypeOf(state.via).toEqualTypeOf<'redirect' | 'popup'>();
      return state.via;
    case 'initializing':
    case 'logging-out':
      expectTypeOf<keyof typeof state>().toEqualTypeOf<'status' | 'user' | 'error'>();
      expectTypeOf(state.user).toEqualTypeOf<undefined>();
      expectTypeOf(state.error).toEqualTypeOf<null | undefined>();
      return state.status;
    default:
      expectTypeOf(state).toBeNever();
      return state;
  }
}

/** Every state has a status, and `user` and `error` to destructure; the other fields need narrowing. */
export function destructure(state: SessionState): string {
  expectTypeOf<keyof SessionState>().toEqualTypeOf<'status' | 'user' | 'error'>();
  const { status, user, error } = state;
  expectTypeOf(user).toEqualTypeOf<User | undefined>();
  expectTypeOf(error).toEqualTypeOf<AuthError | null | undefined>();
  // @ts-expect-error only `unauthenticated` has a reason
  expectTypeOf(state.reason);
  // @ts-expect-error states are read-only
  state.status = 'initializing';
  // The destructured fields narrow each other.
  if (status === 'authenticated') expectTypeOf(user).toEqualTypeOf<User>();
  if (status === 'initializing') expectTypeOf(user).toEqualTypeOf<undefined>();
  if (user !== undefined) expectTypeOf(status).toEqualTypeOf<'authenticated'>();
  return user?.sub ?? error?.code ?? status;
}

expectTypeOf<SignedOutReason>().toEqualTypeOf<'none' | EndReason>();
expectTypeOf<SessionState['status']>().toEqualTypeOf<
  'initializing' | 'unauthenticated' | 'authenticating' | 'authenticated' | 'logging-out'
>();

/** A session's members. */
export async function useSession(session: Session): Promise<void> {
  expectTypeOf(session.getSnapshot).returns.toEqualTypeOf<SessionState>();
  expectTypeOf(session.getServerSnapshot).returns.toEqualTypeOf<SessionState>();
  expectTypeOf(session.subscribe).toEqualTypeOf<(listener: () => void) => () => void>();
  session.on('login-failed', (event) => {
    expectTypeOf(event.error).toEqualTypeOf<AuthError>();
    // @ts-expect-error a failed login has no user
    expectTypeOf(event.user);
  });
  session.on('*', (event) => {
    expectTypeOf(event).toEqualTypeOf<SessionEvent>();
    if (event.type === 'session-ended') expectTypeOf(event.reason).toEqualTypeOf<EndReason>();
  });
  // @ts-expect-error an unknown type
  session.on('expired', () => {});
  expectTypeOf(session.on('renewed', () => {})).toEqualTypeOf<() => void>();
  expectTypeOf<SessionEventType>().toEqualTypeOf<SessionEvent['type']>();
  expectTypeOf(session.loginWithRedirect).returns.toEqualTypeOf<Promise<never>>();
  expectTypeOf(session.loginWithPopup).returns.toEqualTypeOf<Promise<void>>();
  expectTypeOf(requireSession(session)).toEqualTypeOf<Promise<User>>();
  expectTypeOf(session.logout).returns.toEqualTypeOf<Promise<void>>();
  expectTypeOf(session.getAccessToken).returns.toEqualTypeOf<Promise<string>>();
  expectTypeOf(session.fetch).toEqualTypeOf<
    (input: RequestInfo | URL, init?: SessionRequestInit) => Promise<Response>
  >();
  expectTypeOf(session.fetchJson).returns.toEqualTypeOf<Promise<unknown>>();
  expectTypeOf(session.fetchJson('/a', { schema: orders })).toEqualTypeOf<
    Promise<readonly Order[]>
  >();
  expectTypeOf(session.fetchJson('/a', { schema: orders, meta: true })).toEqualTypeOf<
    Promise<JsonResponse<readonly Order[]>>
  >();
  expectTypeOf(session.fetchJson('/a', { meta: true })).toEqualTypeOf<
    Promise<JsonResponse<unknown>>
  >();
  expectTypeOf<SessionRequestInit['auth']>().toEqualTypeOf<'required' | 'optional' | undefined>();
  expectTypeOf<SessionRequestInit['whenSignedOut']>().toEqualTypeOf<
    'reject' | 'wait' | undefined
  >();
  expectTypeOf(session.renew).toEqualTypeOf<() => Promise<void>>();
  expectTypeOf(session.info).toEqualTypeOf<() => Promise<SessionInfo | null>>();
  expectTypeOf<keyof SessionInfo>().toEqualTypeOf<
    'mode' | 'expiresAt' | 'scope' | 'acr' | 'amr' | 'authTime'
  >();
  expectTypeOf(session.logout).parameter(0).toEqualTypeOf<LogoutOptions | undefined>();
  expectTypeOf<LogoutOptions['local']>().toEqualTypeOf<boolean | undefined>();
  expectTypeOf(session.cancelLogin).toEqualTypeOf<() => void>();
  expectTypeOf(session.ready).toEqualTypeOf<PromiseLike<void>>();
  // @ts-expect-error a popup is not a screen
  void session.loginWithRedirect({ screenHint: 'popup' });
  // @ts-expect-error prompt=none is reserved for the kit
  void session.loginWithRedirect({ prompt: 'none' });
  // @ts-expect-error an instant is not a duration
  void session.getAccessToken({ minValiditySeconds: new Date() });
  // @ts-expect-error actions are read-only
  session.fetch = fetch;
  await session.loginWithRedirect({ returnTo: '/', maxAgeSeconds: 60 });
  // Code after a redirect login is unreachable.
}

expectTypeOf(createSesamySession).parameters.toEqualTypeOf<[SessionOptions]>();
expectTypeOf(createSesamySession).returns.toEqualTypeOf<Session>();
expectTypeOf({ clientId: 'publisher-web' }).toExtend<SessionOptions>();

/** Options take `undefined` for absent, as an environment variable may be. */
export function configure(variable: string | undefined): void {
  createSesamySession({
    clientId: 'publisher-web',
    issuer: variable,
    apiUrl: variable,
    redirectUri: variable,
    audience: variable,
    scope: variable,
    allowedOrigins: undefined,
    authorizationParams: { vendor_id: variable },
    tokenHandler: undefined,
    navigate: undefined,
  });
  // @ts-expect-error an organization that was never set would let in the users of any
  createSesamySession({ clientId: 'publisher-web', organization: variable });
  // @ts-expect-error the default is the less secure choice
  createSesamySession({ clientId: 'publisher-web', verifySignature: undefined });
  // @ts-expect-error the default is the less secure choice
  createSesamySession({ clientId: 'publisher-web', storage: undefined });
  // @ts-expect-error the default is the less secure choice
  createSesamySession({ clientId: 'publisher-web', mode: undefined });
}

/** Invalid options. */
export function misconfigure(secret: string): void {
  const clientId = 'publisher-web';
  // @ts-expect-error a browser cannot keep a secret
  createSesamySession({ clientId, clientSecret: secret });
  // @ts-expect-error a browser cannot keep a secret, by its wire name either
  createSesamySession({ clientId, client_secret: secret });
  // @ts-expect-error nor by way of a variable that has more than the options
  createSesamySession(Object.assign({ clientId }, { clientSecret: secret }));
  // @ts-expect-error only the client id has no default
  createSesamySession({});
  // @ts-expect-error an unknown mode
  createSesamySession({ clientId, mode: 'implicit' });
  // @ts-expect-error a duplicated tab would copy it
  createSesamySession({ clientId, storage: 'session' });
  // @ts-expect-error scopes are one string, as on the wire
  createSesamySession({ clientId, scope: ['openid'] });
  // @ts-expect-error parameters are strings
  createSesamySession({ clientId, authorizationParams: { max_age: 60 } });
}

/** Errors narrow by their guards. */
export function handle(error: unknown): void {
  if (isAuthError(error)) {
    expectTypeOf(error).toEqualTypeOf<AuthError>();
    expectTypeOf(error.code).toEqualTypeOf<AuthErrorCode>();
    expectTypeOf(error.retryable).toEqualTypeOf<boolean>();
    // @ts-expect-error the code is what happened, not what was thrown
    error.code = 'network';
  } else if (isApiError(error)) {
    expectTypeOf(error).toEqualTypeOf<ApiError>();
    expectTypeOf(error.status).toEqualTypeOf<number>();
    expectTypeOf(error.details).toEqualTypeOf<unknown>();
  }
}

expectTypeOf<User['sub']>().toEqualTypeOf<string>();
expectTypeOf<User['name']>().toEqualTypeOf<string | undefined>();
expectTypeOf<User['urn:plan']>().toEqualTypeOf<unknown>();
// @ts-expect-error a user has a sub
expectTypeOf({ name: 'Ada' }).toExtend<User>();

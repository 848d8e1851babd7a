import { assert, constantFrom, array, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AuthError } from './errors.js';
import { emitEnd, type EventHub } from './events/event-hub.js';
import type { SessionEvent } from './events/session-event.js';
import { toSessionEvent } from './events/state-events.js';
import { INITIALIZING, type SessionState } from './state.js';
import { createStore } from './store.js';
import { transition, type StateEvent } from './transition.js';

const error = new AuthError('network', 'The server could not be reached.');
const user = { sub: 'auth2|1', name: 'Ada' };
const renamed = { ...user, name: 'Ada Lovelace' };
const other = { sub: 'auth2|2', name: 'Grace' };

const states = {
  initializing: INITIALIZING,
  unauthenticated: { status: 'unauthenticated', reason: 'none', error: null },
  failed: { status: 'unauthenticated', reason: 'none', error },
  loggedOut: { status: 'unauthenticated', reason: 'logged-out', error: null },
  authenticating: { status: 'authenticating', via: 'redirect' },
  authenticated: { status: 'authenticated', user, error: null },
  failedStepUp: { status: 'authenticated', user, error },
  loggingOut: { status: 'logging-out' },
} satisfies Record<string, SessionState>;

const events = {
  found: { type: 'session-found', user },
  foundEqual: { type: 'session-found', user: { ...user } },
  foundRenamed: { type: 'session-found', user: renamed },
  foundOther: { type: 'session-found', user: other },
  absent: { type: 'session-absent' },
  endedExpired: { type: 'session-ended', reason: 'expired' },
  endedRevoked: { type: 'session-ended', reason: 'revoked' },
  endedHere: { type: 'session-ended', reason: 'logged-out' },
  endedElsewhere: { type: 'session-ended', reason: 'logged-out-elsewhere' },
  redirectStarted: { type: 'login-started', via: 'redirect' },
  popupStarted: { type: 'login-started', via: 'popup' },
  loginCompleted: { type: 'login-completed', via: 'redirect', user },
  loginFailed: { type: 'login-failed', error },
  startFailed: { type: 'start-failed', error },
  errorDismissed: { type: 'error-dismissed' },
  logoutStarted: { type: 'logout-started' },
  pageRestored: { type: 'page-restored', user },
  pageRestoredWithoutUser: { type: 'page-restored', user: null },
  pageRestoredForOther: { type: 'page-restored', user: other },
} satisfies Record<string, StateEvent>;

type StateName = keyof typeof states;
type EventName = keyof typeof events;

const signedOut = (
  reason: 'none' | 'expired' | 'revoked' | 'logged-out' | 'logged-out-elsewhere',
) => ({ status: 'unauthenticated', reason, error: null }) as const;
const signedIn = (who: typeof user, failure: AuthError | null = null) =>
  ({ status: 'authenticated', user: who, error: failure }) as const;
const failed = { status: 'unauthenticated', reason: 'none', error } as const;

/** What changes; every pair that is not here keeps its very reference. */
const changes: Record<StateName, Partial<Record<EventName, SessionState>>> = {
  initializing: {
    found: signedIn(user),
    foundEqual: signedIn(user),
    foundRenamed: signedIn(renamed),
    foundOther: signedIn(other),
    absent: signedOut('none'),
    endedExpired: signedOut('expired'),
    endedRevoked: signedOut('revoked'),
    endedHere: signedOut('logged-out'),
    endedElsewhere: signedOut('logged-out-elsewhere'),
    loginCompleted: signedIn(user),
    loginFailed: failed,
    startFailed: failed,
    logoutStarted: { status: 'logging-out' },
  },
  unauthenticated: { ...signedOutChanges(), loginFailed: failed },
  failed: { ...signedOutChanges(), errorDismissed: signedOut('none') },
  loggedOut: { ...signedOutChanges(), loginFailed: { ...signedOut('logged-out'), error } },
  authenticating: {
    found: signedIn(user),
    foundEqual: signedIn(user),
    foundRenamed: signedIn(renamed),
    foundOther: signedIn(other),
    loginCompleted: signedIn(user),
    loginFailed: failed,
    logoutStarted: { status: 'logging-out' },
  },
  authenticated: {
    ...signedInChanges(),
    foundRenamed: signedIn(renamed),
    loginFailed: signedIn(user, error),
  },
  failedStepUp: {
    ...signedInChanges(),
    foundRenamed: signedIn(renamed, error),
    loginCompleted: signedIn(user),
    redirectStarted: signedIn(user),
    popupStarted: signedIn(user),
    errorDismissed: signedIn(user),
  },
  loggingOut: {
    pageRestored: signedOut('logged-out'),
    pageRestoredWithoutUser: signedOut('logged-out'),
    pageRestoredForOther: signedOut('logged-out'),
  },
};

function signedInChanges(): Partial<Record<EventName, SessionState>> {
  return {
    foundOther: signedIn(other),
    absent: signedOut('expired'),
    endedExpired: signedOut('expired'),
    endedRevoked: signedOut('revoked'),
    endedHere: signedOut('logged-out'),
    endedElsewhere: signedOut('logged-out-elsewhere'),
    logoutStarted: { status: 'logging-out' },
    pageRestoredWithoutUser: signedOut('logged-out-elsewhere'),
    pageRestoredForOther: signedOut('logged-out-elsewhere'),
  };
}

function signedOutChanges(): Partial<Record<EventName, SessionState>> {
  return {
    found: signedIn(user),
    foundEqual: signedIn(user),
    foundRenamed: signedIn(renamed),
    foundOther: signedIn(other),
    loginCompleted: signedIn(user),
    redirectStarted: { status: 'authenticating', via: 'redirect' },
    popupStarted: { status: 'authenticating', via: 'popup' },
    logoutStarted: { status: 'logging-out' },
  };
}

const pairs = (Object.keys(states) as StateName[]).flatMap((state) =>
  (Object.keys(events) as EventName[]).map((event) => ({ state, event })),
);
const isChange = ({ state, event }: (typeof pairs)[number]): boolean => event in changes[state];

describe('the state machine', () => {
  test.each(pairs.filter(isChange))('$event changes $state', ({ state, event }) => {
    expect(transition(states[state], events[event])).toEqual(changes[state][event]);
  });

  test.each(pairs.filter((pair) => !isChange(pair)))(
    '$event leaves $state the same reference',
    ({ state, event }) => {
      expect(transition(states[state], events[event])).toBe(states[state]);
    },
  );

  test('a failed login keeps its error until the next event', () => {
    const state = transition(states.authenticating, events.loginFailed);
    expect(state).toHaveProperty('error', error);
    expect(transition(state, events.absent)).toBe(state);
    expect(transition(state, events.endedExpired)).toBe(state);
  });

  test('only a restored page leaves logging-out, whatever the events', () => {
    const withoutReturn = Object.values(events).filter(({ type }) => type !== 'page-restored');
    assert(
      property(array(constantFrom(...withoutReturn)), (order) => {
        expect(order.reduce(transition, states.loggingOut)).toBe(states.loggingOut);
      }),
    );
  });

  test('each change of the user after the start emits an event', () => {
    assertAtEachStep((before, event, after) => {
      const emitted: (SessionEvent | null | undefined)[] = [];
      const hub: EventHub = createStore<SessionEvent | null>(null);
      hub.subscribe((ending) => emitted.push(ending));
      emitEnd(hub, before, after);
      emitted.push(toSessionEvent(event, before, after));
      const isChange = before.user?.sub !== after.user?.sub;
      if (isChange && before.status !== 'initializing') {
        expect(emitted.filter((one) => one !== undefined)).not.toEqual([]);
      }
    });
  });

  test('no sequence of events leads back to initializing', () => {
    assertAtEachStep((before, _event, after) => {
      if (before.status !== 'initializing') expect(after.status).not.toBe('initializing');
    });
  });

  test('the same event twice in a row changes the state once', () => {
    assertAtEachStep((_before, event, after) => {
      expect(transition(after, event)).toBe(after);
    });
  });
});

type CheckStep = (before: SessionState, event: StateEvent, after: SessionState) => void;

/** Checks the last step of any sequence of events. */
function assertAtEachStep(check: CheckStep): void {
  const anyEvent = constantFrom<StateEvent[]>(...Object.values(events));
  assert(
    property(array(anyEvent), anyEvent, (order, event) => {
      const before = order.reduce<SessionState>(transition, INITIALIZING);
      check(before, event, transition(before, event));
    }),
  );
}

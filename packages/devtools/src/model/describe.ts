import type { SessionEvent, SessionState } from '@sesamy-kit/session';
import { redact } from './redact.js';

/** How something went. */
export type Tone = 'good' | 'bad' | 'busy' | 'plain';

/** Something in words, and how it went. */
export interface Description {
  readonly title: string;
  readonly detail: string;
  readonly tone: Tone;
}

/** Describes a state. Of the user it names the id only. */
export function describeState(state: SessionState): Description {
  const title = state.status;
  switch (state.status) {
    case 'authenticated': {
      const user = `user ${redact(state.user.sub)}`;
      return state.error === null
        ? { title, detail: user, tone: 'good' }
        : { title, detail: `${user}, but ${state.error.code}`, tone: 'bad' };
    }
    case 'unauthenticated':
      return state.error === null
        ? { title, detail: `reason: ${state.reason}`, tone: 'plain' }
        : { title, detail: `error: ${state.error.code}`, tone: 'bad' };
    case 'authenticating':
      return { title, detail: `by ${state.via}`, tone: 'busy' };
    case 'initializing':
    case 'logging-out':
      return { title, detail: '', tone: 'busy' };
  }
}

/** Describes an event. Of an error it names the code only. */
export function describeEvent(event: SessionEvent, now: number): Description {
  const title = event.type;
  switch (event.type) {
    case 'login-started':
      return {
        title,
        detail: event.isAutomatic ? `by ${event.via}, automatic` : `by ${event.via}`,
        tone: 'busy',
      };
    case 'login-succeeded':
      return { title, detail: `by ${event.via}`, tone: 'good' };
    case 'login-failed':
      return { title, detail: event.error.code, tone: 'bad' };
    case 'renewed':
      return { title, detail: 'by this tab', tone: 'good' };
    case 'renewal-failed':
      return { title, detail: `${event.error.code}${nextTry(event.retryAt, now)}`, tone: 'bad' };
    case 'session-ended':
      return { title, detail: `reason: ${event.reason}`, tone: 'plain' };
    case 'taken-over':
      return { title, detail: `${event.what} of another tab`, tone: 'good' };
    case 'storage-fallback':
      return {
        title,
        detail: 'IndexedDB does not work: the session ends with the page',
        tone: 'bad',
      };
  }
}

function nextTry(retryAt: number | null, now: number): string {
  return retryAt === null
    ? ''
    : `, next try in ${Math.max(Math.ceil((retryAt - now) / 1000), 0)} s`;
}

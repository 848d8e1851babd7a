import type { Respond } from './recorder.js';

/** A challenge for the next call of `session.fetch`. */
export interface StepUp {
  readonly isArmed: () => boolean;
  readonly arm: () => void;
  readonly disarm: () => void;
  /** Responds with the challenge, once. */
  readonly respond: Respond;
}

/** The response of an API that requires a newer login. @see RFC 9470 section 3 */
const CHALLENGE = 'Bearer error="insufficient_user_authentication", max_age="0"';

/** Creates the simulation; `onChange` is called when it is armed or used. */
export function createStepUp(onChange: () => void): StepUp {
  let isArmed = false;
  const set = (next: boolean): void => {
    isArmed = next;
    onChange();
  };
  return {
    isArmed: () => isArmed,
    arm: () => set(true),
    disarm: () => set(false),
    respond() {
      if (!isArmed) return undefined;
      set(false);
      return new Response(null, { status: 401, headers: { 'www-authenticate': CHALLENGE } });
    },
  };
}

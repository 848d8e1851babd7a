import {
  createTestSession,
  type TestClaims,
  type TestSession,
  type TestSessionSettings,
  type TestState,
} from '@sesamy-kit/session/testing';
import type { TestProfile } from '../testing/test-profile.js';

/**
 * `parameters.sesamy` of a story: the options of `createTestSession`. Storybook merges the parameters of preview, meta
 * and story; if the result has both `user` and `state`, the `state` applies.
 */
export type SesamyParameters = Omit<TestSessionSettings, 'profile'> &
  TestProfile &
  (TestState | TestClaims);

/** What {@link sesamyLoader} loads, in `context.loaded` of a play function. */
export interface LoadedSesamy {
  readonly session: TestSession;
}

/** Creates the session of a story before it renders, so that its play function can use `context.loaded.session`. */
export function sesamyLoader({
  parameters,
}: {
  readonly parameters: { readonly sesamy?: SesamyParameters };
}): LoadedSesamy {
  return { session: createTestSession(parameters.sesamy) };
}

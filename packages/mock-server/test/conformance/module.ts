import type { RelyingParty } from './relying-party.js';

/** One test module of the OpenID conformance suite, and our test of what it demands. */
export interface ConformanceModule {
  /** Its name in the suite. */
  readonly name: string;
  /** What the test sees, for the README and the test's title. */
  readonly behaviour: string;
  /** Where the mock differs on purpose from what the suite would like to see. */
  readonly difference?: string;
  readonly run: (rp: RelyingParty) => Promise<void>;
}

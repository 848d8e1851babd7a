import type { MockServer } from '@sesamy-kit/mock-server';
import type { EndReason } from '../../../src/state.js';
import type { SessionOptions } from '../../../src/index.js';

export const APP_ORIGIN = 'https://app.publisher.test';

/** A mode, set up for the contract tests of all modes. */
export interface ModeSetUp {
  /** The options of an app in this mode, but for the client id. */
  readonly options: Omit<SessionOptions, 'clientId'>;
  /** Creates the server for this mode and client; its refresh tokens can be used once, without a grace period. */
  createServer(clientId: string): MockServer;
  /** Returns how often the server has renewed the session. */
  countRenewals(server: MockServer): number;
  /** Ends the session at the server only. */
  endSession(server: MockServer): void;
  /** The reason of a session that ended that way. */
  readonly endReason: EndReason;
  /** Where the page sends calls of the profile, if not to the URL that the app passes. */
  readonly profilePath?: string;
  /** The grant of a renewal, for faults. */
  readonly renewalGrant: 'refresh_token' | 'authorization_code';
}

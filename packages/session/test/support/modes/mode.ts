import type { MockServer } from '@sesamy-kit/mock-server';
import type { EndReason } from '../../../src/state.js';
import type { SessionOptions } from '../../../src/index.js';

export const APP_ORIGIN = 'https://app.publisher.test';
export const CLIENT_ID = 'publisher-web';

/** One way to keep a session, set up for the tests that all ways must pass. */
export interface ModeSetUp {
  /** What an app of this mode says of itself. */
  readonly options: SessionOptions;
  /** A server as this mode needs it; its refresh tokens may be spent once, without any grace. */
  createServer(): MockServer;
  /** How often the server has renewed the session so far. */
  countRenewals(server: MockServer): number;
  /** Ends the session at the server, behind the browser's back. */
  endSession(server: MockServer): void;
  /** Why a session that was ended so is over. */
  readonly endReason: EndReason;
  /** The grant by which the server is asked for a renewal, for faults. */
  readonly renewalGrant: 'refresh_token' | 'authorization_code';
}

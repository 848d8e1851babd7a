/*
 * For @sesamy-kit/devtools. Not for apps: it may change in any version.
 */
export type { ApiProbe } from './api/probed-fetch.js';
export type { ConfiguredOption } from './inspection/configuration.js';
export {
  inspectSession,
  type AccessTokenFacts,
  type SessionInspection,
} from './inspection/inspect-session.js';
export type { StoredEntry, StoredIn } from './storage/list-entries.js';

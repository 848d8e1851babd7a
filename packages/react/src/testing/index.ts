export {
  renderWithSession,
  type RenderSetup,
  type RenderWithSessionOptions,
  type RenderWithSessionResult,
} from './render-with-session.js';
export type { TestProfile } from './test-profile.js';
export { createTestSession, type TestSessionOptions } from './test-session.js';
export type {
  AsyncRecording,
  CallRecord,
  CallResult,
  RecordedFunction,
  Recording,
  Respond,
  SettledResult,
  TestSession,
} from '@sesamy-kit/session/testing';

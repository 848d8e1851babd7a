export {
  renderWithSession,
  type RenderSetup,
  type RenderWithSessionOptions,
  type RenderWithSessionResult,
} from './render-with-session.js';
export { createTestSession, type TestProfile, type TestSessionOptions } from './test-session.js';
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

export { createTestSession, type TestSession } from './test-session.js';
export type {
  TestClaims,
  TestSessionOptions,
  TestSessionSettings,
  TestState,
} from './test-session-options.js';
export type { Respond, TestResponses } from './test-api.js';
export type {
  AsyncRecording,
  CallRecord,
  CallResult,
  RecordedFunction,
  Recording,
  SettledResult,
} from './recorded-function.js';

export {
  createTestSession,
  type TestClaims,
  type TestSession,
  type TestSessionOptions,
  type TestSessionSettings,
  type TestState,
} from './test-session.js';
export type { Respond, TestResponses } from './test-api.js';
export type {
  AsyncRecording,
  CallRecord,
  CallResult,
  RecordedFunction,
  Recording,
  SettledResult,
} from './recorded-function.js';

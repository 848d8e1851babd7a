export { createMockServer, type MockServer } from './server.js';
export { UnknownOptionError } from './check-option-names.js';
export type { Fidelity, Lifetimes, MockServerOptions } from './options.js';
export type { Client, ClientOptions, GrantType, RefreshTokenPolicy } from './clients.js';
export type { Address, ProfileFields, StandardClaims, User, UserOptions } from './users.js';
export type { Clock, ClockStep } from './clock.js';
export type { Control } from './control.js';
export type { ClientControl } from './control/clients.js';
export {
  ID_TOKEN_FAULTS,
  AUTHORIZATION_RESPONSE_FAULTS,
  type AuthorizationResponseFault,
  type IdTokenFault,
  TOKEN_ANSWER_FAULTS,
  type TokenAnswerFault,
} from './control/fault-names.js';
export type {
  FaultEffect,
  FaultOptions,
  FaultPlan,
  FaultScope,
  PlannedFault,
} from './control/faults.js';
export type { Lineage, LineageToken, RefreshTokenControl } from './control/refresh-tokens.js';
export type { RecordedRequest, RequestFilter, RequestLog } from './control/requests.js';
export type { SessionControl } from './control/sessions.js';
export type { SignInOptions } from './control/sign-in.js';
export type { Snapshot } from './control/snapshot.js';
export type { UserControl } from './control/users.js';
export { ControlError } from './control/control-error.js';
export { defineConfig } from './define-config.js';
export type { ConfigFile } from './schemas.js';
export type { ManagementControl } from './management-api/control.js';
export type { ListForm } from './management-api/lists.js';
export type { CollectionName, ManagementRecord } from './management-api/records.js';
export type { EndpointName } from './request-facts.js';
export type { ListenOptions } from './node.js';
export type { OpSession, RefreshToken, TokenFamily } from './state.js';

import * as v from 'valibot';
import { ENDPOINT_NAMES, type EndpointName } from '../request-facts.js';
import {
  AUTHORIZATION_RESPONSE_FAULTS,
  ID_TOKEN_FAULTS,
  TOKEN_ANSWER_FAULTS,
} from './fault-names.js';
import type { FaultEffect, FaultOptions } from './fault-options.js';

const text = v.string();

const body = v.union([
  text,
  v.pipe(
    v.record(text, v.unknown()),
    v.check((value) => isJson(value), 'must be a value that JSON can hold'),
  ),
]);

const headers = v.record(
  v.pipe(text, v.regex(/^[\w!#$%&'*+.^`|~-]+$/, 'must be a header name')),
  v.pipe(
    text,
    v.regex(/^[\t\u0020-\u007e\u0080-\u00ff]*$/, 'must be a header value: Latin-1, in one line'),
  ),
);

const fields = v.strictObject({
  endpoint: v.exactOptional(v.picklist(ENDPOINT_NAMES)),
  grant: v.exactOptional(text),
  clientId: v.exactOptional(text),
  user: v.exactOptional(text),
  sessionId: v.exactOptional(text),
  method: v.exactOptional(text),
  times: v.exactOptional(
    v.union([v.pipe(v.number(), v.integer(), v.minValue(1)), v.literal('until-cleared')]),
  ),
  delayMs: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(600_000))),
  status: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599))),
  body: v.exactOptional(body),
  headers: v.exactOptional(headers),
  hang: v.exactOptional(v.boolean()),
  reset: v.exactOptional(v.boolean()),
  truncate: v.exactOptional(v.boolean()),
  loseAnswer: v.exactOptional(v.boolean()),
  idToken: v.exactOptional(v.picklist(ID_TOKEN_FAULTS)),
  tokenAnswer: v.exactOptional(v.picklist(TOKEN_ANSWER_FAULTS)),
  authorizationResponse: v.exactOptional(v.picklist(AUTHORIZATION_RESPONSE_FAULTS)),
  discoveryIssuer: v.exactOptional(text),
  userinfoSub: v.exactOptional(text),
});

/** A fault to add. Rejects a fault that could never happen, with which a test would pass and prove nothing. */
export const faultSchema: v.GenericSchema<unknown, FaultOptions> = v.pipe(
  fields,
  v.check(
    (fault) => hasEffect(fault),
    'names nothing that goes wrong; add a status, a delay or another effect',
  ),
  v.check(
    ({ status, body: given }) => given === undefined || status !== undefined,
    'has a body without a status',
  ),
  v.check(
    ({ status, body: given }) => !isNullBodyStatus(status) || given === undefined || given === '',
    'has a body, and a status that allows none (204, 205, 304)',
  ),
  v.check(
    (fault) => endpointsOf(fault).every((each) => each === (fault.endpoint ?? endpointOf(fault))),
    'has an effect that its endpoint never shows',
  ),
);

/** Whether responses of a status have no body (Fetch standard, null body status). */
export function isNullBodyStatus(status: number | undefined): boolean {
  return status === 204 || status === 205 || status === 304;
}

/** The endpoint whose response an effect changes: the fault waits for it, whatever is requested before. */
export function endpointOf(effect: FaultEffect): EndpointName | undefined {
  return endpointsOf(effect)[0];
}

function endpointsOf(effect: FaultEffect): EndpointName[] {
  return [
    ...(effect.idToken !== undefined || effect.tokenAnswer !== undefined ? ['token' as const] : []),
    ...(effect.discoveryIssuer === undefined ? [] : ['discovery' as const]),
    ...(effect.userinfoSub === undefined ? [] : ['userinfo' as const]),
  ];
}

const NO_EFFECT = new Set([
  'endpoint',
  'grant',
  'clientId',
  'user',
  'sessionId',
  'method',
  'times',
]);

function hasEffect(fault: FaultOptions): boolean {
  return Object.entries(fault).some(
    ([name, value]) => !NO_EFFECT.has(name) && value !== undefined && value !== false,
  );
}

function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}

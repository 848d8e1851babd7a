import { checked } from '../control/checked.js';
import { ControlError } from '../control/control-error.js';
import type { FaultOptions } from '../control/fault-options.js';
import { faultSchema } from '../control/fault-schema.js';

/** What can happen to a connection, by the name of its effect, with a label. */
export const CONNECTION_FAULTS = [
  ['hang', 'never responds'],
  ['reset', 'cut without a response'],
  ['truncate', 'cut in the middle of the response'],
  ['loseAnswer', 'response lost after the work'],
] as const;

const TEXTS = [
  'endpoint',
  'grant',
  'clientId',
  'user',
  'sessionId',
  'method',
  'body',
  'idToken',
  'tokenAnswer',
  'authorizationResponse',
  'discoveryIssuer',
  'userinfoSub',
] as const;

const NUMBERS = ['status', 'delayMs', 'times'] as const;

/**
 * The fault that the form describes; fields left empty are not in it.
 * @throws ControlError when it is not a fault of the schema
 */
export function readFault(fields: Readonly<Record<string, string>>): FaultOptions {
  const given = (name: string): string | undefined => fields[name]?.trim() || undefined;
  const fault: Record<string, unknown> = {};
  for (const name of TEXTS) if (given(name) !== undefined) fault[name] = given(name);
  for (const name of NUMBERS) if (given(name) !== undefined) fault[name] = Number(given(name));
  if (given('untilCleared')) fault['times'] = 'until-cleared';
  if (given('body')?.startsWith('{')) fault['body'] = readJson(given('body') ?? '');
  if (given('headers')) fault['headers'] = readHeaders(given('headers') ?? '');
  for (const [name] of CONNECTION_FAULTS) if (given('connection') === name) fault[name] = true;
  return checked(faultSchema, fault, 'The fault');
}

function readHeaders(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      if (colon < 1) throw new ControlError('Write each header as "name: value", one a line.');
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    }),
  );
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ControlError('The body starts with "{" but is not valid JSON.');
  }
}

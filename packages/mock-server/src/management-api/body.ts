import { ApiRefusal } from '../client-api/errors.js';
import type { AppContext } from '../context.js';
import type { ManagementRecord } from './records.js';

/** The type of a field: text, a boolean, one of a few words, or any JSON. */
export type FieldRule = 'text' | 'email' | 'boolean' | 'any' | readonly string[];

/** The fields of a body: those that must be there, and those that may. */
export interface BodyShape {
  readonly required?: Readonly<Record<string, FieldRule>>;
  readonly optional?: Readonly<Record<string, FieldRule>>;
}

const MAX_BODY_LENGTH = 100_000;

/**
 * Reads a JSON body of that shape; `isPatch` lets every field be left out.
 * @throws ApiRefusal `validation_error`, naming the field
 */
export async function readBody(
  c: AppContext,
  { required = {}, optional = {} }: BodyShape,
  { isPatch = false }: { isPatch?: boolean } = {},
): Promise<ManagementRecord> {
  const body = parseObject(await c.req.text());
  for (const name of isPatch ? [] : Object.keys(required)) {
    if (body[name] === undefined) throw invalidField(name, 'is required');
  }
  const rules = { ...optional, ...required };
  for (const [name, value] of Object.entries(body)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) throw invalidField(name.slice(0, 50), 'is not supported');
    const reason = reasonAgainst(rule, value);
    if (reason !== null) throw invalidField(name, reason);
  }
  return body;
}

/** An error that names the field. */
export function invalidField(field: string, reason: string): ApiRefusal {
  return new ApiRefusal('validation_error', `The field ${field} ${reason}.`, { field, reason });
}

function reasonAgainst(rule: FieldRule, value: unknown): string | null {
  if (rule === 'any') return null;
  if (rule === 'boolean') return typeof value === 'boolean' ? null : 'must be true or false';
  if (typeof value !== 'string' || value === '' || value.length > 500) {
    return 'must be a string of 1 to 500 characters';
  }
  if (rule === 'text') return null;
  if (rule === 'email') return /^[^@\s]+@[^@\s]+$/.test(value) ? null : 'must be an e-mail address';
  return rule.includes(value) ? null : `must be one of ${rule.join(', ')}`;
}

function parseObject(text: string): Record<string, unknown> {
  if (text.length > MAX_BODY_LENGTH) {
    throw new ApiRefusal('validation_error', 'The body is too large.');
  }
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    throw new ApiRefusal('validation_error', 'The body is not JSON.');
  }
  throw new ApiRefusal('validation_error', 'The body must be a JSON object.');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

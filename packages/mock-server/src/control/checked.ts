import * as v from 'valibot';
import { ControlError } from './control-error.js';

/**
 * Returns the value as the schema describes it.
 * @param name what the value is, for the message, such as `The fault`
 * @throws ControlError that lists every mistake with the path to it
 */
export function checked<T>(schema: v.GenericSchema<unknown, T>, value: unknown, name: string): T {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  throw new ControlError(`${name} is not valid. ${describeIssues(parsed.issues)}`);
}

/** What is wrong with a value, with the path to it. */
export function describeIssues(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues.map((issue) => `${v.getDotPath(issue) ?? 'value'}: ${issue.message}`).join('; ');
}

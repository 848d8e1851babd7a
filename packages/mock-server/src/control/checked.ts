import * as v from 'valibot';
import { ControlError } from './control-error.js';

/**
 * Returns the value as the schema describes it.
 * @param name what the value is, for the message, such as `The fault`
 * @throws ControlError that lists the first mistakes with the path to each
 */
export function checked<T>(schema: v.GenericSchema<unknown, T>, value: unknown, name: string): T {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  throw new ControlError(`${name} is not valid. ${describeIssues(parsed.issues)}`);
}

/** A snapshot may have as many mistakes as entries. */
const MAX_DESCRIBED = 10;

/** What is wrong with a value, with the path to it. */
export function describeIssues(issues: readonly v.BaseIssue<unknown>[]): string {
  const described = issues
    .slice(0, MAX_DESCRIBED)
    .map((issue) => `${v.getDotPath(issue) ?? 'value'}: ${issue.message}`);
  const left = issues.length - described.length;
  return [...described, ...(left > 0 ? [`and ${left} more`] : [])].join('; ');
}

import type { StandardSchemaIssue } from '../platform/standard-schema.js';

/** Returns where a value does not match its schema, as `address.country`; never the issues' texts, which may quote it. */
export function pathsOf(issues: readonly StandardSchemaIssue[]): readonly string[] {
  const paths = issues.map(({ path = [] }) =>
    path.map((key) => String(typeof key === 'object' ? key.key : key)).join('.'),
  );
  return [...new Set(paths)];
}

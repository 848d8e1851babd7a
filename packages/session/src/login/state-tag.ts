import type { SessionConfig } from '../options.js';
import type { TaggedLogin } from './state-param.js';

/** Returns the tag of a login of this session. */
export function createStateTag({ key }: SessionConfig, { via, isRetry }: TaggedLogin): string {
  return `${key};${isRetry === true ? 'retry' : via}`;
}

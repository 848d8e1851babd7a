import type { ServerContext } from '../context.js';
import type { PlannedFault } from './faults.js';

/** Describes a fault that hit no request, with which its test proves nothing. */
export function unusedFaultMessage({ id, scope, effect }: PlannedFault): string {
  const what = Object.keys(effect).join(', ');
  return `The planned ${id} (${what}) hit no request: ${JSON.stringify(scope)}. Is its scope right?`;
}

/** Warns of every planned fault that hit no request. */
export function warnOfUnusedFaults({ faults, options }: ServerContext): void {
  for (const fault of faults.unused()) options.onWarning(unusedFaultMessage(fault));
}

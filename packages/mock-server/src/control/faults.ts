import type { RequestFacts } from '../request-facts.js';
import { checked } from './checked.js';
import type { FaultEffect, FaultOptions, FaultScope } from './fault-options.js';
import { endpointOf, faultSchema } from './fault-schema.js';

export type { FaultEffect, FaultOptions, FaultScope } from './fault-options.js';

/** A fault in the plan. */
export interface PlannedFault {
  readonly id: string;
  readonly scope: FaultScope;
  readonly effect: FaultEffect;
  /** Hits still to come; null for all. */
  remaining: number | null;
  hits: number;
}

/** The faults waiting to happen. The first one added that matches a request hits it. */
export interface FaultPlan {
  /**
   * Adds a fault; returns its id.
   * @throws ControlError when it could never happen: a misspelt name, no effect, a response that cannot
   * be sent
   */
  add(fault: FaultOptions): string;
  list(): PlannedFault[];
  /** Removes one fault, or all. */
  clear(id?: string): void;
  /** Faults that hit no request, usually because of a typo in their scope. */
  unused(): PlannedFault[];
  /** Takes the fault that hits this request, if any; used by the server itself. */
  take(request: Request, facts: RequestFacts): PlannedFault | null;
  /** Takes the fault of the authorization response that is about to be sent. */
  takeForResponse(request: Request, facts: RequestFacts): PlannedFault | null;
}

/** As the user of a scope. */
const ANY_USER = '*';

/** Creates an empty plan. */
export function createFaultPlan(): FaultPlan {
  let plan: PlannedFault[] = [];
  let nextId = 1;
  const takeFirst = (
    request: Request,
    facts: RequestFacts,
    isDue: (fault: PlannedFault) => boolean,
  ): PlannedFault | null => {
    if (plan.length === 0) return null;
    const subject = { ...facts, method: request.method };
    const fault = plan.find(
      (each) => each.remaining !== 0 && isDue(each) && isInScope(each.scope, subject),
    );
    if (!fault) return null;
    fault.hits += 1;
    if (fault.remaining !== null) fault.remaining -= 1;
    return fault;
  };

  return {
    add: (options) => {
      const fault = checked(faultSchema, options, 'The fault');
      const { grant, clientId, user, sessionId, method, times = 1, endpoint: _, ...effect } = fault;
      const endpoint = fault.endpoint ?? endpointOf(effect);
      const scope: FaultScope = {
        ...(endpoint !== undefined && { endpoint }),
        ...(grant !== undefined && { grant }),
        ...(clientId !== undefined && { clientId }),
        ...(user !== undefined && { user }),
        ...(sessionId !== undefined && { sessionId }),
        ...(method !== undefined && { method }),
      };
      const id = `fault_${nextId}`;
      nextId += 1;
      plan.push({
        id,
        scope,
        effect,
        remaining: times === 'until-cleared' ? null : times,
        hits: 0,
      });
      return id;
    },
    list: () => plan.map((fault) => ({ ...fault })),
    clear: (id) => {
      plan = id === undefined ? [] : plan.filter((fault) => fault.id !== id);
    },
    unused: () => plan.filter(({ hits }) => hits === 0),
    take: (request, facts) =>
      takeFirst(request, facts, ({ effect }) => effect.authorizationResponse === undefined),
    takeForResponse: (request, facts) =>
      takeFirst(request, facts, ({ effect }) => effect.authorizationResponse !== undefined),
  };
}

function isInScope(scope: FaultScope, subject: RequestFacts & { method: string }): boolean {
  const { user, ...others } = scope;
  const isOfUser =
    user === undefined || (user === ANY_USER ? subject.user !== null : subject.user === user);
  const own = new Map<string, unknown>(Object.entries(subject));
  return isOfUser && Object.entries(others).every(([field, value]) => own.get(field) === value);
}

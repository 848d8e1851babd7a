import type { EndpointName, RequestFacts } from '../request-facts.js';
import type { AuthorizationResponseFault, IdTokenFault, TokenAnswerFault } from './fault-names.js';

/** Which requests a fault hits; every given field must be equal. */
export interface FaultScope {
  readonly endpoint?: EndpointName;
  readonly grant?: string;
  readonly clientId?: string;
  /** Id of a user, such as `ada`. */
  readonly user?: string;
  readonly sessionId?: string;
  readonly method?: string;
}

/** What goes wrong. Several effects may be combined. */
export interface FaultEffect {
  /** Waits that long (real milliseconds) before anything else. */
  readonly delayMs?: number;
  /** Answers with this status in place of the real answer. */
  readonly status?: number;
  /** Body of that answer: an object is sent as JSON, a string as it is. */
  readonly body?: Readonly<Record<string, unknown>> | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Never answers, until the client gives up or the server closes. */
  readonly hang?: boolean;
  /** Cuts the connection without an answer. */
  readonly reset?: boolean;
  /** Does the work, then cuts the real answer off in the middle of its body. */
  readonly truncate?: boolean;
  /** Does the work, then loses the real answer: the client sees a network error. */
  readonly loseAnswer?: boolean;
  /** Makes the ID token of a token answer wrong in this way. */
  readonly idToken?: IdTokenFault;
  /** Makes the token answer itself wrong in this way. */
  readonly tokenAnswer?: TokenAnswerFault;
  /** Makes the authorization response wrong in this way. */
  readonly authorizationResponse?: AuthorizationResponseFault;
  /** Makes discovery name another issuer. */
  readonly discoveryIssuer?: string;
  /** Makes `/userinfo` answer about another `sub`. */
  readonly userinfoSub?: string;
}

/** A fault to add: where, how often, what. */
export interface FaultOptions extends FaultScope, FaultEffect {
  /** How many requests it hits, default 1; `until-cleared` for all. */
  readonly times?: number | 'until-cleared';
}

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
  /** Adds a fault; returns its id. */
  add(fault: FaultOptions): string;
  list(): PlannedFault[];
  /** Removes one fault, or all. */
  clear(id?: string): void;
  /** Faults that never hit anything: usually a scope with a mistake in it. */
  unused(): PlannedFault[];
  /** Takes the fault that hits this request, if any; used by the server itself. */
  take(request: Request, facts: RequestFacts): PlannedFault | null;
  /** Takes the fault of the authorization response that is about to be sent. */
  takeForResponse(request: Request, facts: RequestFacts): PlannedFault | null;
}

/** Creates an empty plan. */
export function createFaultPlan(): FaultPlan {
  let plan: PlannedFault[] = [];
  let nextId = 1;
  const takeFirst = (
    request: Request,
    facts: RequestFacts,
    isDue: (fault: PlannedFault) => boolean,
  ): PlannedFault | null => {
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
      const {
        grant,
        clientId,
        user,
        sessionId,
        method,
        times = 1,
        endpoint: _,
        ...effect
      } = options;
      const endpoint = options.endpoint ?? impliedEndpoint(effect);
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

/** An effect on one kind of answer waits for that answer, whatever else is asked before. */
function impliedEndpoint(effect: FaultEffect): EndpointName | undefined {
  if (effect.idToken !== undefined || effect.tokenAnswer !== undefined) return 'token';
  if (effect.discoveryIssuer !== undefined) return 'discovery';
  return effect.userinfoSub === undefined ? undefined : 'userinfo';
}

function isInScope(scope: FaultScope, subject: RequestFacts & { method: string }): boolean {
  const own = new Map<string, unknown>(Object.entries(subject));
  return Object.entries(scope).every(([field, value]) => own.get(field) === value);
}

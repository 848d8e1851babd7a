import type { MiddlewareHandler } from 'hono';
import { requestId } from '../client-api/access.js';
import { ApiRefusal } from '../client-api/errors.js';
import type { AppEnv, ServerContext } from '../context.js';
import { callerOf } from './access.js';
import { countCall, rateHeaders, rateLimitedResponse } from './rate-limit.js';

/** Scopes that some resources need; the others are open to every application. */
const SCOPES: Readonly<Record<string, { read: string; write: string }>> = {
  paywalls: { read: 'paywalls:read', write: 'paywalls:write' },
  domains: { read: 'domains:read', write: 'domains:write' },
};

/** Accepts applications with a valid token, within their rate limit, scopes and plan. */
export function managementGuard(server: ServerContext): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const id = requestId(server);
    const { clientId, scopes } = await callerOf(server, c);
    const now = server.clock.now();
    const window = countCall(server.state.rateLimits.get(clientId), now);
    server.state.rateLimits.set(clientId, { endsAt: window.endsAt, left: window.left });
    if (!window.isAllowed) return rateLimitedResponse(window, now, id);
    for (const [name, value] of Object.entries(rateHeaders(window))) c.header(name, value);
    c.header('x-request-id', id);
    c.header('cache-control', 'no-store');

    const resource = resourceOf(c.req.path);
    refuseOutsidePlan(server, resource);
    const need = SCOPES[resource]?.[c.req.method === 'GET' ? 'read' : 'write'];
    if (need !== undefined && !scopes.includes(need)) {
      throw new ApiRefusal('insufficient_permissions', `The token lacks the scope ${need}.`);
    }
    return next();
  };
}

/** The names of resources that the plan leaves out, as set by `control.management`. */
export function outsidePlan(server: ServerContext): string[] {
  return (server.state.management['outside-plan'] ?? []).map(({ resource }) => String(resource));
}

function refuseOutsidePlan(server: ServerContext, resource: string): void {
  if (!outsidePlan(server).includes(resource)) return;
  throw new ApiRefusal('insufficient_permissions', `Your plan does not include ${resource}.`);
}

/** The word after the prefix: `publishers` of `/management/v1/publishers`. */
function resourceOf(path: string): string {
  return /^\/(?:management(?:\/v1)?|api\/v2)\/([^/]*)/.exec(path)?.[1] ?? '';
}

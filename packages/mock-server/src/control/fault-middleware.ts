import type { MiddlewareHandler } from 'hono';
import type { AppEnv, ServerContext } from '../context.js';
import { cutConnection } from './cut-connection.js';
import type { FaultEffect } from './fault-options.js';
import { isNullBodyStatus } from './fault-schema.js';

/** Applies planned faults. Comes after CORS, so that browsers can read the fault responses. */
export function faultMiddleware(server: ServerContext): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const isExempt = c.req.method === 'OPTIONS' || c.env.isInternal;
    const fault = isExempt ? null : server.faults.take(c.req.raw, c.get('facts'));
    c.set('fault', fault);
    if (!fault) return next();
    const { effect } = fault;
    if (effect.delayMs) await delay(effect.delayMs, c.env.signal);
    if (effect.hang) await untilAborted(c.env.signal);
    if (effect.hang || effect.reset) return cutConnection();
    if (effect.status !== undefined) return plannedResponse(effect, effect.status);
    await next();
    if (effect.loseAnswer) c.res = cutConnection();
    else if (effect.truncate) c.res = await truncated(c.res);
    for (const [name, value] of Object.entries(effect.headers ?? {})) c.header(name, value);
    return undefined;
  };
}

function plannedResponse(effect: FaultEffect, status: number): Response {
  const { body = '', headers = {} } = effect;
  if (isNullBodyStatus(status)) return new Response(null, { status, headers });
  if (typeof body !== 'string') return Response.json(body, { status, headers });
  return new Response(body, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
  });
}

async function truncated(response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  return new Response(bytes.slice(0, Math.floor(bytes.length / 2)), {
    status: response.status,
    headers,
  });
}

function delay(ms: number, signal: AbortSignal | null): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function untilAborted(signal: AbortSignal | null): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal?.addEventListener('abort', () => resolve(), { once: true }),
  );
}

import type { World } from '../support/world.js';

/** The expected response: status, and parts of headers and body. */
export interface Expected {
  readonly status: number;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** Fields that the body must not have. */
  readonly absent?: readonly string[];
}

/** One request, sent in both fidelities. `engine` defaults to the documented response. */
export interface Row {
  readonly request: string;
  readonly send: (world: World) => Promise<Response>;
  readonly documented: Expected;
  readonly engine?: Expected;
}

/** An OAuth error body with that code. */
export function oauthError(status: number, error: string, description?: unknown): Expected {
  return {
    status,
    body: { error, ...(description !== undefined && { error_description: description }) },
  };
}

/** The engine's short format. */
export function message(status: number, text: unknown): Expected {
  return { status, body: { message: text } };
}

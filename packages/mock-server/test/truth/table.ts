import type { World } from '../support/world.js';

/** What an answer must be: status, and parts of headers and body. */
export interface Expected {
  readonly status: number;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** Fields that the body must not have. */
  readonly absent?: readonly string[];
}

/** One question, asked in both fidelities. `engine` defaults to the documented answer. */
export interface Row {
  readonly question: string;
  readonly ask: (world: World) => Promise<Response>;
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

/** The engine's short dialect. */
export function message(status: number, text: unknown): Expected {
  return { status, body: { message: text } };
}

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Fidelity } from '../src/index.js';
import { createWorld } from './support/world.js';
import { AUTHORIZE_ROWS } from './truth/authorize-rows.js';
import { HANDLER_ROWS } from './truth/handler-rows.js';
import { SESSION_ROWS } from './truth/session-rows.js';
import type { Expected } from './truth/table.js';
import { TOKEN_ROWS } from './truth/token-rows.js';

const ROWS = [...AUTHORIZE_ROWS, ...TOKEN_ROWS, ...SESSION_ROWS, ...HANDLER_ROWS];

describe.each<Fidelity>(['documented', 'engine'])('responses in %s fidelity', (fidelity) => {
  test.each(ROWS)(
    'the response is as specified for $request',
    async ({ send, documented, engine }) => {
      const expected = fidelity === 'engine' ? (engine ?? documented) : documented;
      const response = await send(createWorld({ fidelity }));
      expect(await readResponse(response, expected)).toMatchObject(asResponse(expected));
    },
  );
});

test('the README states the number of requests', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(`The tests send ${ROWS.length} requests in both fidelities.`);
});

/** The parts of a response that a row describes. */
async function readResponse(
  response: Response,
  expected: Expected,
): Promise<Record<string, unknown>> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const body: unknown = isJson ? JSON.parse(text) : text;
  const names = Object.keys(expected.headers ?? {});
  return {
    status: response.status,
    headers: Object.fromEntries(names.map((name) => [name, response.headers.get(name)])),
    body,
    absent: (expected.absent ?? []).filter((field) => !(isJson && field in Object(body))),
  };
}

function asResponse(expected: Expected): Record<string, unknown> {
  const { status, headers = {}, body, absent = [] } = expected;
  return { status, headers, absent, ...(body !== undefined && { body }) };
}

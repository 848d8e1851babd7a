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

describe.each<Fidelity>(['documented', 'engine'])('answers as %s', (fidelity) => {
  test.each(ROWS)('$question', async ({ ask, documented, engine }) => {
    const expected = fidelity === 'engine' ? (engine ?? documented) : documented;
    const response = await ask(createWorld({ fidelity }));
    expect(await readAnswer(response, expected)).toMatchObject(asAnswer(expected));
  });
});

test('the README tells how many questions there are', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(`The tests ask ${ROWS.length} questions in both fidelities.`);
});

/** The parts of an answer that a row speaks of. */
async function readAnswer(
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

function asAnswer(expected: Expected): Record<string, unknown> {
  const { status, headers = {}, body, absent = [] } = expected;
  return { status, headers, absent, ...(body !== undefined && { body }) };
}

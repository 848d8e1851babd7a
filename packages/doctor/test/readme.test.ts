import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMockServer } from '@sesamy-kit/mock-server';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { CATALOG } from '../src/catalog.js';
import { runCli } from '../src/cli.js';

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');

afterEach(() => {
  process.exitCode = undefined;
});

test('each command of the README runs as written, against the mock', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const server = createMockServer();
  const { url } = await server.listen({ port: 0 });
  onTestFinished(() => server.close());
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', (input: string, init?: RequestInit) =>
    input.startsWith(url) ? fetch(input, init) : Promise.reject(new TypeError('Not in a test')),
  );
  const commands = [...readme.matchAll(/^npx @sesamy-kit\/doctor (.*)$/gm)].map(
    ([, args]) => args ?? '',
  );
  expect(commands.length).toBeGreaterThan(1);
  for (const command of commands) {
    // The mock takes the place of Sesamy.
    const args = command.replace('http://localhost:4400', url.slice(0, -1)).split(' ');
    await runCli(command.includes('--issuer') ? args : [...args, '--issuer', url]);
    expect(process.exitCode).not.toBe(2);
    expect(log.mock.lastCall?.[0]).toContain('client');
  }
});

test('the table of findings in the README is the catalog', () => {
  const rows = Object.entries(CATALOG).flatMap(([id, { levels }]) =>
    Object.entries(levels)
      .filter(([level]) => level !== 'ok')
      .map(([level, { means, cure = '–' }]) => `| \`${id}\` | ${level} | ${means} | ${cure} |`),
  );
  const table = [
    '| check | level | what it means | what to do |',
    '| --- | --- | --- | --- |',
    ...rows,
  ];
  expect(readme).toContain(table.join('\n'));
});

import { createMockServer } from '@sesamy-kit/mock-server';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { runCli } from '../src/cli.js';
import { formatFindings } from '../src/cli/report.js';
import type { Finding } from '../src/node.js';

let printed: string;
let complained: string;

beforeEach(() => {
  printed = complained = '';
  vi.spyOn(console, 'log').mockImplementation((text: string) => void (printed += `${text}\n`));
  vi.spyOn(console, 'error').mockImplementation((text: string) => void (complained += text));
});

afterEach(() => {
  process.exitCode = undefined;
});

async function listen(): Promise<string> {
  const server = createMockServer();
  const { url } = await server.listen({ port: 0 });
  onTestFinished(() => server.close());
  return url;
}

const app = ['--client-id', 'publisher-web', '--origin', 'http://localhost:5173'];

describe('the command', () => {
  test('the command prints what is in order and succeeds', async () => {
    await runCli([...app, '--issuer', await listen()]);
    expect(process.exitCode).toBeUndefined();
    expect(printed).toMatch(/^ok {5}issuer-reachable: /m);
    expect(printed).toMatch(/\b0 errors\b/);
  });

  test('the command prints JSON with --json', async () => {
    await runCli([...app, '--issuer', await listen(), '--json']);
    const findings: Finding[] = JSON.parse(printed);
    expect(Object.keys(findings[0]!)).toEqual(['id', 'level', 'seen', 'means', 'cure', 'link']);
  });

  test('the command fails with exit code 1 for a host that does not exist', async () => {
    await runCli([...app, '--issuer', 'https://nowhere.invalid/']);
    expect(process.exitCode).toBe(1);
    expect(printed).toMatch(/^error {2}issuer-reachable: .*nowhere\.invalid/m);
    expect(printed).toContain('→ ');
  });

  test.each([
    [[], '--client-id is missing.'],
    [['--client-id', 'a'], '--origin is missing.'],
    [[...app, '--mode', 'implicit'], '--mode must be'],
    [[...app, '--timeout', '-1'], '--timeout'],
    [[...app, '--issuer', 'token.sesamy.com'], '"issuer"'],
    [['--client-id', 'a', '--origin', 'publisher.com'], 'The origin must be a URL'],
    [[...app, '--secret', 'x'], "Unknown option '--secret'"],
  ])('the command fails with exit code 2 and one sentence for %j', async (args, sentence) => {
    await runCli(args);
    expect(process.exitCode).toBe(2);
    expect(complained).toContain(sentence);
    expect(complained).not.toContain('    at ');
  });

  test.each(['--help', '--version'])('the command needs no other option with %s', async (flag) => {
    await runCli([flag]);
    expect(process.exitCode).toBeUndefined();
    expect(printed).not.toBe('');
  });
});

describe('the report', () => {
  const found = (level: Finding['level'], cure: string | null): Finding => ({
    id: 'token-cors',
    level,
    seen: `Seen ${level}.`,
    means: 'It means this.',
    cure,
    link: 'https://example.com/',
  });

  test('the report begins with the worst and explains each remedy', () => {
    expect(formatFindings([found('ok', null), found('error', 'Do that.')], false)).toBe(
      [
        'error  token-cors: Seen error.',
        '       It means this.',
        '       → Do that.',
        '       https://example.com/',
        'ok     token-cors: Seen ok.',
        '1 error, 0 warnings, 0 info, 1 ok',
      ].join('\n'),
    );
  });

  test('the report has colours only on request', () => {
    expect(formatFindings([found('error', null)], true)).toContain('\u001B[31m');
    expect(formatFindings([found('error', null)], false)).not.toContain('\u001B');
  });
});

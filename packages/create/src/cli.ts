import { relative } from 'node:path';
import { HELP, parseArguments } from './arguments.js';
import { ask, type Answers } from './ask.js';
import { createProject, readVersion } from './create-project.js';
import { CreateError, isCreateError } from './errors.js';
import { listExamples, templatesDirectory, type Example } from './examples.js';

/** What the command runs in. */
export interface CliContext {
  /** The directory of the examples. Default: the package's own. */
  readonly templates?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs `npm create @sesamy-kit`: exit code 0 with an app, 1 after a cancelled question, 2 after a mistake. */
export async function runCli(
  argv: readonly string[],
  { templates = templatesDirectory, env = process.env }: CliContext = {},
): Promise<void> {
  try {
    const args = parseArguments(argv);
    if (args.wants === 'version') return console.log(await readVersion());
    const examples = await listExamples(templates);
    if (args.wants === 'help') return console.log(`${HELP}\n\n${describe(examples)}`);
    const answers = await complete(args, examples, env);
    if (answers === null) {
      process.exitCode = 1;
      return console.log('Cancelled. Nothing was created.');
    }
    const { directory } = await createProject({ ...answers, templates });
    const { manager, start } = commandsOf(env);
    console.log(`${directory} is ready. Run:\n`);
    console.log(`  cd ${quoted(relative('.', directory) || '.')} && ${manager} install`);
    return console.log(`  ${start}`);
  } catch (error) {
    console.error(isCreateError(error) ? error.message : error);
    process.exitCode = 2;
  }
}

/** @throws CreateError `usage` where something is missing and no user can be asked */
async function complete(
  { directory, example }: Partial<Record<keyof Answers, string | undefined>>,
  examples: readonly Example[],
  env: NodeJS.ProcessEnv,
): Promise<Answers | null> {
  if (directory !== undefined && example !== undefined) return { directory, example };
  if (process.stdin.isTTY && process.stdout.isTTY && !env['CI']) {
    const given = { ...(directory && { directory }), ...(example && { example }) };
    return ask(given, examples, { input: process.stdin, output: process.stdout });
  }
  const missing = directory === undefined ? 'directory' : 'example';
  throw new CreateError(
    'usage',
    `The ${missing} is missing, and there is no terminal to ask for it. For example:\n` +
      `  npm create @sesamy-kit my-app -- --example vite-react-router\n\n${describe(examples)}`,
  );
}

function describe(examples: readonly Example[]): string {
  const width = Math.max(...examples.map(({ name }) => name.length));
  const lines = examples.map(({ name, description }) => `  ${name.padEnd(width)}  ${description}`);
  return ['Examples:', ...lines].join('\n');
}

/** The commands of the package manager that runs this one. */
function commandsOf(env: NodeJS.ProcessEnv): { manager: string; start: string } {
  const [, manager = 'npm'] =
    /^(npm|pnpm|yarn|bun)\//.exec(env['npm_config_user_agent'] ?? '') ?? [];
  return { manager, start: `${manager} start` };
}

/** As a shell takes it. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

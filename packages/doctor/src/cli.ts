import { readFile } from 'node:fs/promises';
import { checkDeployment } from './check-deployment.js';
import { HELP, parseArguments } from './cli/arguments.js';
import { formatFindings } from './cli/report.js';

/** Mistakes of the user, which need no stack. */
const PLAIN_ERRORS = ['UsageError', 'AuthError', 'TypeError'];

/** Runs the command `sesamy-doctor`: prints the findings, and sets exit code 1 if one of them is an error. */
export async function runCli(argv: readonly string[]): Promise<void> {
  try {
    const args = parseArguments(argv, process.env);
    if (args.wants === 'help') console.log(HELP);
    else if (args.wants === 'version') console.log(await readVersion());
    else {
      const findings = await checkDeployment(args.setup, { timeoutMs: args.timeoutMs });
      if (args.isJson) console.log(JSON.stringify(findings, null, 2));
      else console.log(formatFindings(findings, hasColors()));
      if (findings.some(({ level }) => level === 'error')) process.exitCode = 1;
    }
  } catch (error) {
    const isPlain = error instanceof Error && PLAIN_ERRORS.includes(error.name);
    console.error(isPlain ? error.message : error);
    process.exitCode = 2;
  }
}

/** Whether to print colours. @see https://no-color.org */
function hasColors(): boolean {
  return process.stdout.isTTY && !process.env['NO_COLOR'];
}

async function readVersion(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  const { version }: { version: string } = JSON.parse(text);
  return version;
}

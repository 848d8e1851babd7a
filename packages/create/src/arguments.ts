import { parseArgs } from 'node:util';
import { CreateError } from './errors.js';

/** The command line, read. */
export interface CliArguments {
  readonly directory: string | undefined;
  readonly example: string | undefined;
  readonly wants: 'project' | 'help' | 'version';
}

/** The text of `--help`, without the list of examples. */
export const HELP = `Usage: npm create @sesamy-kit [directory] -- [--example <name>]

Makes an app that logs in with Sesamy, from one of the kit's examples. In a terminal it asks for what is missing.

  --example <name>      the example to copy
  --help, --version`;

/**
 * Reads the command line.
 *
 * @throws CreateError `usage` for an unknown flag or a second directory
 */
export function parseArguments(argv: readonly string[]): CliArguments {
  const { values, positionals } = parse(argv);
  const [directory, ...others] = positionals;
  if (others.length > 0) throw usage(`Expected one directory, but got ${positionals.join(', ')}.`);
  const wants = values.help ? 'help' : values.version ? 'version' : 'project';
  return { directory, example: values.example, wants };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      // npm removes the "--" before flags; pnpm and Bun pass it on.
      args: argv.filter((arg) => arg !== '--'),
      allowPositionals: true,
      options: {
        example: { type: 'string', short: 'e' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

function usage(message: string): CreateError {
  return new CreateError('usage', `${message}\nTry npm create @sesamy-kit -- --help.`);
}

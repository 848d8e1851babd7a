import { parseArgs } from 'node:util';
import type { SessionMode } from '@sesamy-kit/session';
import type { SetupOptions } from '../setup.js';

/** The flags of the command line, read and checked. */
export interface CliArguments {
  readonly setup: SetupOptions;
  readonly timeoutMs: number;
  readonly isJson: boolean;
  readonly wants: 'findings' | 'help' | 'version';
}

/** A mistake on the command line; the message is all the user needs. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The text of `--help`. */
export const HELP = `Usage: sesamy-doctor --client-id <id> --origin <url> [options]

Checks the set-up of a login with Sesamy: the server, the app's site, its dependencies.

  --client-id <id>      the application's client id, as shown in Sesamy's dashboard
  --origin <url>        the app's origin, such as https://www.publisher.com
  --issuer <url>        the authorization server (default https://token.sesamy.com/)
  --mode <mode>         refresh-token (default), sso-cookie or token-handler
  --redirect-uri <url>  the redirect URI of the login (default: the root of the origin)
  --timeout <seconds>   how long one request may take (default 10)
  --json                print the findings as JSON
  --help, --version

Exit code: 0 without an error-level finding, 1 with one, 2 for a mistake on the command line.`;

/**
 * Reads the command line.
 * @throws UsageError for an unknown flag, a missing one or a bad value
 */
export function parseArguments(argv: readonly string[]): CliArguments {
  const values = parse(argv);
  const wants = values.help ? 'help' : values.version ? 'version' : 'findings';
  const required = (name: 'client-id' | 'origin'): string => {
    const value = values[name];
    if (value === undefined && wants === 'findings') throw usage(`--${name} is missing.`);
    return value ?? '';
  };
  return {
    setup: {
      clientId: required('client-id'),
      origin: required('origin'),
      issuer: values.issuer,
      mode: parseMode(values.mode),
      redirectUri: values['redirect-uri'],
    },
    timeoutMs: parseSeconds(values.timeout ?? '10') * 1000,
    isJson: values.json ?? false,
    wants,
  };
}

function parse(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        'client-id': { type: 'string' },
        origin: { type: 'string' },
        issuer: { type: 'string' },
        mode: { type: 'string' },
        'redirect-uri': { type: 'string' },
        timeout: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    });
    return values;
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

function parseMode(text: string | undefined): SessionMode | undefined {
  const isMode =
    text === undefined ||
    text === 'refresh-token' ||
    text === 'sso-cookie' ||
    text === 'token-handler';
  if (isMode) return text;
  throw usage(`--mode must be refresh-token, sso-cookie or token-handler, not "${text}".`);
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (/^[\d.]+$/.test(text) && seconds > 0 && seconds <= 600) return seconds;
  throw usage(`--timeout must be a number of seconds up to 600, not "${text}".`);
}

function usage(message: string): UsageError {
  return new UsageError(`${message}\nTry sesamy-doctor --help.`);
}

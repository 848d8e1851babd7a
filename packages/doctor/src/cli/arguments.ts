import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
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
  --mode <mode>         refresh-token (default), sso-cookie, token-handler, or auto
  --redirect-uri <url>  the redirect URI of the login (default: the root of the origin)
  --logout-uri <url>    where a logout returns to (default: the redirect URI)
  --api-url <url>       Sesamy's API (default: as the kit's)
  --scope <scopes>      the option "scope" of the app
  --audience <name>     the option "audience" of the app
  --auth-path <path>    the path of the token handler (default /sesamy/auth)
  --vendor-id <id>      the publisher's id at the token handler (default: the client id)
  --project <directory> the app, whose dependencies are checked (default: this directory)
  --timeout <seconds>   how long one request may take (default 10)
  --json                print the findings as JSON
  --help, --version

A refresh token of a test user in the environment variable SESAMY_DOCTOR_REFRESH_TOKEN shows whether
refresh tokens rotate. It is used up.

Exit code: 0 without an error-level finding, 1 with one, 2 for a mistake on the command line.`;

/**
 * Reads the command line.
 * @throws UsageError for an unknown flag, a missing one or a bad value
 */
export function parseArguments(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): CliArguments {
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
      redirectUri: parseUrl('redirect-uri', values['redirect-uri']),
      logoutUri: parseUrl('logout-uri', values['logout-uri']),
      apiUrl: values['api-url'],
      scope: values.scope,
      audience: values.audience,
      authPath: values['auth-path'],
      vendorId: values['vendor-id'],
      refreshToken: env['SESAMY_DOCTOR_REFRESH_TOKEN'] || undefined,
      projectDirectory: resolve(values.project ?? '.'),
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
        'logout-uri': { type: 'string' },
        'api-url': { type: 'string' },
        scope: { type: 'string' },
        audience: { type: 'string' },
        'auth-path': { type: 'string' },
        'vendor-id': { type: 'string' },
        project: { type: 'string' },
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

function parseMode(text: string | undefined): SetupOptions['mode'] {
  const modes = ['refresh-token', 'sso-cookie', 'token-handler', 'auto'] as const;
  const mode = modes.find((each) => each === text);
  if (mode !== undefined || text === undefined) return mode;
  throw usage(`--mode must be ${modes.join(', ')}, not "${text}".`);
}

function parseUrl(name: string, text: string | undefined): string | undefined {
  if (text === undefined || URL.canParse(text)) return text;
  throw usage(
    `--${name} must be an absolute URL such as https://www.publisher.com/, not "${text}".`,
  );
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (/^[\d.]+$/.test(text) && seconds > 0 && seconds <= 600) return seconds;
  throw usage(`--timeout must be a number of seconds up to 600, not "${text}".`);
}

function usage(message: string): UsageError {
  return new UsageError(`${message}\nTry sesamy-doctor --help.`);
}

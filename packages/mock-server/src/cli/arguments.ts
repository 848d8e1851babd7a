import { parseArgs } from 'node:util';
import type { Fidelity } from '../options.js';

/** What the command line asks for. */
export interface CliArguments {
  readonly port: number;
  readonly hostname: string;
  readonly isHttps: boolean;
  readonly issuer: string | null;
  readonly configPath: string | null;
  readonly statePath: string | null;
  readonly seed: string | null;
  readonly fidelity: Fidelity | null;
  readonly callbacks: readonly string[];
  readonly hasControlPlane: boolean;
  readonly wants: 'server' | 'help' | 'version';
}

/** A mistake on the command line or in the configuration; the message is all the user needs. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The text of `--help`. */
export const HELP = `Usage: sesamy-mock [options]

A local mock of Sesamy: its OAuth/OIDC server, its APIs and its dashboard.

  --port <number>       port to listen on; 0 for any free one (default 4400)
  --host <name>         host name to listen on (default localhost)
  --https               serve https with a certificate made on the spot; prints its path
  --issuer <url>        issuer identifier, when it is not the address listened on
  --config <file>       configuration, JSON with comments or a TypeScript/JavaScript module;
                        read again whenever it changes
  --callback <url>      callback of the client publisher-web; may be given more than once
  --state <file>        keep users, sessions and tokens in a file across restarts
  --seed <text>         same seed, same ids, codes and tokens
  --fidelity <how>      answer as "documented" (default) or as the "engine"
  --no-control          without dashboard and control plane
  --help, --version
`;

/** Reads the command line. @throws UsageError */
export function parseArguments(argv: readonly string[]): CliArguments {
  const { values } = parse(argv);
  return {
    port: parsePort(values.port ?? '4400'),
    hostname: values.host ?? 'localhost',
    isHttps: values.https ?? false,
    issuer: values.issuer ?? null,
    configPath: values.config ?? null,
    statePath: values.state ?? null,
    seed: values.seed ?? null,
    fidelity: parseFidelity(values.fidelity),
    callbacks: values.callback ?? [],
    hasControlPlane: !values['no-control'],
    wants: values.help ? 'help' : values.version ? 'version' : 'server',
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        https: { type: 'boolean' },
        issuer: { type: 'string' },
        config: { type: 'string' },
        state: { type: 'string' },
        seed: { type: 'string' },
        fidelity: { type: 'string' },
        callback: { type: 'string', multiple: true },
        'no-control': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${reason}\nTry sesamy-mock --help.`, { cause: error });
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError(`--port must be a number from 0 to 65535, not "${text}".`);
}

function parseFidelity(text: string | undefined): Fidelity | null {
  if (text === undefined || text === 'documented' || text === 'engine') return text ?? null;
  throw new UsageError(`--fidelity must be "documented" or "engine", not "${text}".`);
}

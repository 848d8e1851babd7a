import { parseArgs } from 'node:util';
import { type Fidelity, isIssuer } from '../options.js';
import { isRegistrable } from '../redirect-uri.js';

/** The flags of the command line, read and checked. */
export interface CliArguments {
  readonly port: number;
  readonly hostname: string;
  readonly isHttps: boolean;
  /** Host names outside of localhost and .test that the certificate covers. */
  readonly certificateHosts: readonly string[];
  readonly issuer: string | null;
  /** Addresses under which others reach the server: the issuer first, then further issuers. */
  readonly publicUrls: readonly string[];
  readonly controlToken: string | null;
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
  --host <name>         host name or address to listen on (default localhost); 0.0.0.0 for every
                        interface, as in a container
  --public-url <url>    address under which browsers and other containers reach the mock; it is the
                        issuer. May be given more than once: the others are further issuers
  --https               serve https with a certificate for localhost and .test; prints its CA's path
  --certificate-host <name>
                        another host name for that certificate, such as a real domain
  --issuer <url>        issuer identifier, when it is neither the address listened on nor public
  --config <file>       configuration, JSON with comments or a TypeScript/JavaScript module;
                        read again whenever it changes
  --callback <url>      callback of the first client, publisher-web by default; may be given more
                        than once
  --state <file>        keep users, sessions and tokens in a file across restarts
  --seed <text>         same seed, same ids, codes and tokens
  --fidelity <how>      respond as "documented" (default) or as the "engine"
  --control-token <text>
                        token that controls the mock from other machines; made up and printed
                        when listening beyond localhost. Also SESAMY_MOCK_CONTROL_TOKEN
  --no-control          without dashboard and control plane
  --help, --version
`;

/**
 * Reads the command line and the variable SESAMY_MOCK_CONTROL_TOKEN.
 * @throws UsageError that says what was expected
 */
export function parseArguments(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): CliArguments {
  const { values } = parse(argv);
  return {
    port: parsePort(values.port ?? '4400'),
    hostname: values.host ?? 'localhost',
    isHttps: values.https ?? false,
    certificateHosts: (values['certificate-host'] ?? []).map((name) => parseHostName(name)),
    issuer: values.issuer ?? null,
    publicUrls: (values['public-url'] ?? []).map((url) => parsePublicUrl(url)),
    controlToken: parseToken(values['control-token'] ?? (env['SESAMY_MOCK_CONTROL_TOKEN'] || null)),
    configPath: values.config ?? null,
    statePath: values.state ?? null,
    seed: values.seed ?? null,
    fidelity: parseFidelity(values.fidelity),
    callbacks: (values.callback ?? []).map((url) => parseCallback(url)),
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
        'certificate-host': { type: 'string', multiple: true },
        'public-url': { type: 'string', multiple: true },
        'control-token': { type: 'string' },
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
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port must be a number from 0 to 65535, not "${text}".`);
}

function parseFidelity(text: string | undefined): Fidelity | null {
  if (text === undefined || text === 'documented' || text === 'engine') return text ?? null;
  throw new UsageError(`--fidelity must be "documented" or "engine", not "${text}".`);
}

function parseCallback(text: string): string {
  if (isRegistrable(text)) return text;
  throw new UsageError(
    `--callback must be an absolute URL such as http://localhost:3000/, not "${text}".`,
  );
}

function parsePublicUrl(text: string): string {
  const url = text.endsWith('/') ? text : `${text}/`;
  if (isIssuer(url)) return url;
  throw new UsageError(
    `--public-url must be an http(s) URL such as http://mock:4400, not "${text}".`,
  );
}

function parseHostName(text: string): string {
  if (/^(?:\*\.)?(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)*[a-z\d](?:[a-z\d-]*[a-z\d])?$/i.test(text)) {
    return text.toLowerCase();
  }
  throw new UsageError(
    `--certificate-host must be a host name such as login.example.com, not "${text}".`,
  );
}

/** Sent in a header, and long enough not to be guessed. */
function parseToken(text: string | null): string | null {
  if (text === null || /^[\w.~+/=-]{16,}$/.test(text)) return text;
  throw new UsageError(
    'The control token must have at least 16 characters, of letters, digits and -._~+/= only.',
  );
}

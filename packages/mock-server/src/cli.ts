import { readFile } from 'node:fs/promises';
import { type CliArguments, HELP, parseArguments } from './cli/arguments.js';
import { banner } from './cli/banner.js';
import { readOptions } from './cli/options.js';
import type { StateFile } from './cli/state-file.js';
import { watchFile } from './cli/watch-file.js';
import { isLocalName } from './certificate-names.js';
import { isLoopbackHost } from './oauth/op-session.js';
import type { MockServerOptions } from './options.js';
import { preload } from './preload.js';
import { createMockServer, type MockServer } from './server.js';

/** Mistakes of the user, which need no stack. */
const PLAIN_ERRORS = ['UsageError', 'PortInUseError', 'ListenError', 'TypeError'];

/** Runs the command `sesamy-mock` until Ctrl-C or SIGTERM. Mistakes are reported in a sentence. */
export async function runCli(argv: readonly string[]): Promise<void> {
  try {
    const args = parseArguments(argv, process.env);
    if (args.wants === 'help') console.log(HELP);
    else if (args.wants === 'version') console.log(await readVersion());
    else await serve(args);
  } catch (error) {
    reportFailure(error);
  }
}

async function serve(given: CliArguments): Promise<void> {
  const args = await withControlToken(given);
  let options = await readOptions(args);
  const { server, stateFile } = await open(args, () => options);
  const { url, caPath } = await server.listen({
    port: args.port,
    hostname: args.hostname,
    isHttps: args.isHttps,
    certificateHosts: args.certificateHosts,
  });
  const reload = async (): Promise<void> => {
    try {
      const changed = await readOptions(args);
      server.reconfigure(changed);
      options = changed;
      stateFile?.touch();
      console.log(`${args.configPath} read again.`);
    } catch (error) {
      console.error(`${messageOf(error)}\nThe configuration before stays in force.`);
    }
  };
  const stopWatching =
    args.configPath &&
    watchFile(args.configPath, reload, (error) =>
      console.error(
        `${args.configPath} cannot be watched: ${messageOf(error)}. Restart to have it read again.`,
      ),
    );
  const dashboardUrl = args.hasControlPlane
    ? new URL('mock/', args.publicUrls[0] ?? url).href
    : null;
  const { controlToken } = args;
  await preload();
  console.log(banner(server, { dashboardUrl, controlToken, caPath, notes: notesOn(args) }));

  const stop = async (): Promise<void> => {
    if (stopWatching) stopWatching();
    await Promise.all([server.close(), stateFile?.close()]);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // A second signal ends the process immediately, as without this handler.
    process.once(signal, () => {
      stop().catch((error: unknown) => reportFailure(error));
    });
  }
}

/** A mock that listens beyond this machine needs a token to be controlled from there. */
async function withControlToken(args: CliArguments): Promise<CliArguments> {
  const isLocal = args.hostname === '::1' || isLoopbackHost(args.hostname);
  const isNeeded = args.hasControlPlane && !isLocal;
  if (!isNeeded || args.controlToken !== null) return args;
  const { randomBytes } = await import('node:crypto');
  return { ...args, controlToken: randomBytes(24).toString('base64url') };
}

async function open(
  args: CliArguments,
  options: () => MockServerOptions,
): Promise<{ server: MockServer; stateFile: StateFile | null }> {
  if (args.statePath === null) return { server: createMockServer(options()), stateFile: null };
  const { keepState, restoreServer } = await import('./cli/state-file.js');
  const server = await restoreServer(args.statePath, options());
  const stateFile = await keepState(args.statePath, server, options, (message) =>
    console.error(message),
  );
  return { server, stateFile };
}

function notesOn({ configPath, statePath, certificateHosts }: CliArguments): readonly string[] {
  const realDomains = certificateHosts.filter((name) => !isLocalName(name));
  return [
    configPath && `${configPath} is read again whenever it changes`,
    statePath && `the state is kept in ${statePath}; it holds live tokens`,
    realDomains.length > 0 &&
      `WARNING: a browser that trusts this CA takes this machine for ${realDomains.join(', ')}; remove it from the trust store afterwards`,
  ].filter((note) => typeof note === 'string');
}

function reportFailure(error: unknown): void {
  const isPlain = error instanceof Error && PLAIN_ERRORS.includes(error.name);
  console.error(isPlain ? error.message : error);
  process.exitCode = 1;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function readVersion(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  const { version }: { version: string } = JSON.parse(text);
  return version;
}

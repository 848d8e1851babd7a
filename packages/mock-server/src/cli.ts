import { readFile } from 'node:fs/promises';
import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type CliArguments, HELP, parseArguments, UsageError } from './cli/arguments.js';
import { banner } from './cli/banner.js';
import type { StateFile } from './cli/state-file.js';
import { SEEDED_CLIENTS } from './clients.js';
import type { MockServerOptions } from './options.js';
import { createMockServer, type MockServer } from './server.js';

/** Runs the command `sesamy-mock` until Ctrl-C or SIGTERM. Mistakes are told in a sentence. */
export async function runCli(argv: readonly string[]): Promise<void> {
  try {
    const args = parseArguments(argv);
    if (args.wants === 'help') console.log(HELP);
    else if (args.wants === 'version') console.log(await readVersion());
    else await serve(args);
  } catch (error) {
    const isPlain =
      error instanceof Error && ['UsageError', 'PortInUseError', 'TypeError'].includes(error.name);
    console.error(isPlain ? error.message : error);
    process.exitCode = 1;
  }
}

async function serve(args: CliArguments): Promise<void> {
  const server = createMockServer(await readOptions(args));
  const state = args.statePath === null ? null : await openState(args.statePath, server);
  const { caPath } = await server.listen({
    port: args.port,
    hostname: args.hostname,
    isHttps: args.isHttps,
  });
  const stopWatching = args.configPath === null ? null : watchConfig(args, args.configPath, server);
  const notes = [
    args.configPath && `${args.configPath} is read again whenever it changes`,
    args.statePath && `state is kept in ${args.statePath}; it holds live tokens`,
  ].filter((note) => note !== null);
  console.log(banner(server, { hasControlPlane: args.hasControlPlane, caPath, notes }));

  const stop = async (): Promise<void> => {
    stopWatching?.();
    await state?.close();
    await server.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      // A second signal ends the process at once, the way it would without us.
      void stop();
    });
  }
}

/** The options of the command line over those of the configuration file. */
async function readOptions(args: CliArguments): Promise<MockServerOptions> {
  const config = args.configPath === null ? {} : await readConfig(args.configPath);
  const clients =
    args.callbacks.length === 0
      ? config.clients
      : (config.clients ?? SEEDED_CLIENTS).map((client, index) =>
          index === 0 ? { ...client, callbacks: args.callbacks } : client,
        );
  return {
    ...config,
    ...(clients && { clients }),
    ...(args.issuer !== null && { issuer: args.issuer }),
    ...(args.seed !== null && { seed: args.seed }),
    ...(args.fidelity !== null && { fidelity: args.fidelity }),
    hasControlPlane: args.hasControlPlane,
  };
}

async function readConfig(path: string): Promise<MockServerOptions> {
  const { readConfigFile } = await import('./cli/config-file.js');
  const { $schema: _, ...options } = await readConfigFile(path);
  return options;
}

async function openState(path: string, server: MockServer): Promise<StateFile> {
  const { openStateFile } = await import('./cli/state-file.js');
  return openStateFile(path, server.control);
}

/** Watches the folder: editors replace files, and a watched file that is replaced goes silent. */
function watchConfig(args: CliArguments, path: string, server: MockServer): () => void {
  let timer: NodeJS.Timeout | undefined;
  const reload = async (): Promise<void> => {
    try {
      server.reconfigure(await readOptions(args));
      console.log(`${path} read again.`);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      console.error(`${error.message}\nThe configuration before stays in force.`);
    }
  };
  const watcher = watch(dirname(path), (_, file) => {
    if (file !== basename(path)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void reload(), 50);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

async function readVersion(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  const { version }: { version: string } = JSON.parse(text);
  return version;
}

import { SEEDED_CLIENTS } from '../clients.js';
import type { MockServerOptions } from '../options.js';
import type { CliArguments } from './arguments.js';

/**
 * The options of the command line over those of the configuration file.
 * @throws UsageError for a mistake in the file
 */
export async function readOptions(args: CliArguments): Promise<MockServerOptions> {
  const config = args.configPath === null ? {} : await readConfig(args.configPath);
  const clients =
    args.callbacks.length === 0
      ? config.clients
      : (config.clients ?? SEEDED_CLIENTS).map((client, index) =>
          index === 0 ? { ...client, callbacks: args.callbacks } : client,
        );
  const [publicUrl, ...otherUrls] = args.publicUrls;
  const issuer = args.issuer ?? publicUrl;
  return {
    ...config,
    ...(clients && { clients }),
    ...(issuer !== undefined && { issuer }),
    ...(otherUrls.length > 0 && { customDomains: [...(config.customDomains ?? []), ...otherUrls] }),
    ...(args.seed !== null && { seed: args.seed }),
    ...(args.fidelity !== null && { fidelity: args.fidelity }),
    ...(args.controlToken !== null && { controlToken: args.controlToken }),
    hasControlPlane: args.hasControlPlane,
  };
}

async function readConfig(path: string): Promise<MockServerOptions> {
  const { readConfigFile } = await import('./config-file.js');
  const { $schema: _, ...options } = await readConfigFile(path);
  return options;
}

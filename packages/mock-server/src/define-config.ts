import type { ConfigFile } from './schemas.js';

/** A configuration in TypeScript or JavaScript, with its types checked by the editor. */
export function defineConfig(config: ConfigFile): ConfigFile {
  return config;
}

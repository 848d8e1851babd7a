import type { BaseConfig } from '../options.js';

/** Whether another library has stored a session that this one may take over. */
export function hasOldSession(config: BaseConfig): boolean | undefined {
  return config.takeOver?.some((library) => library.find(config)[0]);
}

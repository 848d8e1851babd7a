export { createBackend } from './app.js';
export { readConfig } from './config.js';
export type { BackendConfig } from './config.js';
export { startBackend } from './start.js';
export type { RunningBackend } from './start.js';

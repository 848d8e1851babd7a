export { createModeEngine } from './refresh-token-mode.js';

import { vi } from 'vitest';

const { waitFor, waitUntil } = vi;

// The default of one second would depend on the speed of the machine.
const PATIENCE_MS = 30_000;
vi.waitFor = (callback, options = PATIENCE_MS) => waitFor(callback, options);
vi.waitUntil = (callback, options = PATIENCE_MS) => waitUntil(callback, options);

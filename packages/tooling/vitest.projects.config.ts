import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** `npm run test:unit`: every package and app with a Vitest configuration is one project. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    projects: [
      'packages/*/vitest.config.ts',
      'packages/*/vitest.production.config.ts',
      'apps/*/vitest.config.ts',
    ],
    passWithNoTests: true,
    // Threads start faster than processes. By default one core is left idle, which on two cores is half the machine.
    pool: 'threads',
    maxWorkers: '100%',
  },
});

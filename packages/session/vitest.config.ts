import { defineProject } from 'vitest/config';
import { chunkImports } from './chunk-imports.js';
import { fromSources, setupFiles, testDefaults } from '../tooling/vitest-shared.js';

export default defineProject({
  ...fromSources,
  plugins: [chunkImports()],
  test: {
    ...testDefaults,
    // Of `vitest.production.config.ts`.
    exclude: [...(testDefaults.exclude ?? []), '**/production.test.ts'],
    name: 'session',
    environment: '../tooling/browser-environment.ts',
    environmentOptions: { happyDOM: { url: 'https://app.publisher.test/' } },
    setupFiles: [...setupFiles, 'fake-indexeddb/auto', '../tooling/web-locks.setup.ts'],
  },
});

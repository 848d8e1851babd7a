import { defineProject } from 'vitest/config';
import { fromSources, setupFiles, testDefaults } from '../tooling/vitest-shared.js';

export default defineProject({
  ...fromSources,
  test: {
    ...testDefaults,
    name: 'devtools',
    environment: '../tooling/browser-environment.ts',
    environmentOptions: { happyDOM: { url: 'https://app.publisher.test/' } },
    setupFiles: [
      ...setupFiles,
      'fake-indexeddb/auto',
      '../tooling/web-locks.setup.ts',
      './vitest.setup.ts',
    ],
  },
});

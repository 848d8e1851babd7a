import { defineProject } from 'vitest/config';
import { testDefaults } from './vitest-shared.js';

export default defineProject({
  test: {
    ...testDefaults,
    name: 'tooling',
    environment: 'node',
    // These tests start processes, which takes its time on a busy machine.
    testTimeout: 30_000,
  },
});

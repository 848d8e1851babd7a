import { defineProject } from 'vitest/config';
import { fromSources, testDefaults } from '../tooling/vitest-shared.js';

export default defineProject({
  ...fromSources,
  // RSA keys are slow to make on a busy machine.
  test: { ...testDefaults, name: 'server', environment: 'node', testTimeout: 20_000 },
});

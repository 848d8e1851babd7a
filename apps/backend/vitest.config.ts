import { defineProject } from 'vitest/config';
import { fromSources, testDefaults } from '../../packages/tooling/vitest-shared.js';

export default defineProject({
  ...fromSources,
  test: { ...testDefaults, name: 'backend', environment: 'node' },
});

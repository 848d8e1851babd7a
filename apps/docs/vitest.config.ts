import { defineProject } from 'vitest/config';
import { testDefaults } from '../../packages/tooling/vitest-shared.js';

export default defineProject({
  test: { ...testDefaults, name: 'docs', environment: 'node' },
});

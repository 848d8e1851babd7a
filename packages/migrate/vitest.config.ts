import { defineProject } from 'vitest/config';
import { fromSources, testDefaults } from '../tooling/vitest-shared.js';

export default defineProject({
  ...fromSources,
  test: {
    ...testDefaults,
    exclude: [...(testDefaults.exclude ?? []), '**/fixtures/**'],
    name: 'migrate',
    environment: 'node',
  },
});

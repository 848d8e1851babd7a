import { defineProject } from 'vitest/config';
import { fromSources, testDefaults } from '../tooling/vitest-shared.js';

const conditions = fromSources.ssr?.resolve?.conditions ?? [];

export default defineProject({
  ...fromSources,
  // Vitest passes the conditions on to Node, which cannot load what OpenTelemetry has for bundlers under `module`.
  ssr: { resolve: { conditions: conditions.filter((condition) => condition !== 'module') } },
  test: { ...testDefaults, name: 'server', environment: 'node' },
});

import { defineProject, mergeConfig } from 'vitest/config';
import { testDefaults } from '../tooling/vitest-shared.js';
import project from './vitest.config.js';

const conditions = ['production'];

/** In each lane, what is called `production`. */
const include = (testDefaults.include ?? []).map((glob) => glob.replace('/*.', '/production.'));

/** Resolves the imports of the package as a production build does. */
export default mergeConfig(
  { ...project, test: { ...project.test, name: undefined, include: [], exclude: [] } },
  defineProject({
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: {
      name: 'session in production',
      include,
      exclude: ['**/node_modules/**', '**/dist/**'],
    },
  }),
);

import { defaultClientConditions, defaultServerConditions, type UserConfig } from 'vite';
import { configDefaults, type TestUserConfig } from 'vitest/config';

const sourceCondition = '@sesamy-kit/source';

/** Resolves the workspace's packages to their TypeScript sources, so that tests need no build. */
export const fromSources: Pick<UserConfig, 'resolve' | 'ssr'> = {
  resolve: { conditions: [sourceCondition, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [sourceCondition, ...defaultServerConditions] } },
};

/** What all projects agree on: long `*.soak.test.ts` files stay out, and no stub outlives its test. */
export const testDefaults: TestUserConfig = {
  exclude: [...configDefaults.exclude, '**/dist/**', '**/*.soak.test.*'],
  restoreMocks: true,
  unstubGlobals: true,
  unstubEnvs: true,
};

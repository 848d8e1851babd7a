import { defaultClientConditions, defaultServerConditions, type UserConfig } from 'vite';
import { configDefaults, type TestUserConfig } from 'vitest/config';

const sourceCondition = '@sesamy-kit/source';

/** Resolves the workspace's packages to their TypeScript sources, so that tests need no build. */
export const fromSources: Pick<UserConfig, 'resolve' | 'ssr'> = {
  resolve: { conditions: [sourceCondition, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [sourceCondition, ...defaultServerConditions] } },
};

const soakTests = ['**/*.soak.test.{ts,tsx}'];
const isSoak = process.env['SOAK'] === '1';

/** Shared by all projects: long suites run in `npm run soak` only, and no stub outlives its test. */
export const testDefaults: TestUserConfig = {
  include: isSoak ? soakTests : ['**/*.test.{ts,tsx}'],
  exclude: [...configDefaults.exclude, '**/dist/**', ...(isSoak ? [] : soakTests)],
  // A guard against hangs, not a verdict on speed: a busy machine must not turn a test red.
  testTimeout: isSoak ? 600_000 : 60_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 30_000 } },
  restoreMocks: true,
  unstubGlobals: true,
  unstubEnvs: true,
};

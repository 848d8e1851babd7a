import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defaultServerConditions, type UserConfig } from 'vite';
import { configDefaults, type TestUserConfig } from 'vitest/config';

const sourceCondition = '@sesamy-kit/source';

/** Resolves the workspace's packages to their TypeScript sources, so that tests need no build. */
export const fromSources: Pick<UserConfig, 'resolve' | 'ssr'> = {
  resolve: { conditions: [sourceCondition, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [sourceCondition, ...defaultServerConditions] } },
};

const isSoak = process.env['SOAK'] === '1';
const isBrowserRun = process.env['BROWSERS'] === '1';
const isForeignRun = process.env['FOREIGN_DIRECTORY'] !== undefined;

/** Run by `npm run soak`, `npm run test:browsers` and `npm run test:foreign` only. */
const soakTests = '**/*.soak.test.{ts,tsx}';
const browserTests = '**/*.browser.test.{ts,tsx}';
const foreignTests = '**/*.foreign.test.{ts,tsx}';

const [include, exclude] = isSoak
  ? [soakTests, []]
  : isBrowserRun
    ? [browserTests, []]
    : isForeignRun
      ? [foreignTests, []]
      : ['**/*.test.{ts,tsx}', [soakTests, browserTests, foreignTests]];

/** Of all projects. */
export const setupFiles: readonly string[] = [
  fileURLToPath(new URL('patience.setup.ts', import.meta.url)),
];

/** Shared by all projects: each lane runs its own tests, and no stub outlives its test. */
export const testDefaults: TestUserConfig = {
  setupFiles: [...setupFiles],
  include: [include],
  exclude: [...configDefaults.exclude, '**/dist/**', '**/foreign/projects/**', ...exclude],
  // A guard against hangs, not a verdict on speed: a busy machine must not turn a test red.
  testTimeout: isSoak ? 600_000 : 60_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 30_000 } },
  restoreMocks: true,
  unstubGlobals: true,
  unstubEnvs: true,
};

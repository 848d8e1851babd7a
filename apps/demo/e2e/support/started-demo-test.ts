import { expect, test as base } from '@playwright/test';
import type {
  PlaywrightTestArgs,
  PlaywrightTestOptions,
  PlaywrightWorkerArgs,
  PlaywrightWorkerOptions,
  TestType,
} from '@playwright/test';
import { startDemo } from '../../start.mjs';
import { watchConsole } from './console-guard.js';
import type { ConsoleGuard } from './console-guard.js';

/** The demo as `npm start` runs it, on separate ports. */
export type StartedDemo = Awaited<ReturnType<typeof startDemo>>;

interface Fixtures {
  /** Fails the test when a page writes an error that the test did not expect. */
  readonly consoleGuard: ConsoleGuard;
}

interface WorkerFixtures {
  readonly demo: StartedDemo;
}

/** Playwright's `test` with all that `npm start` starts, once for each worker. */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & Fixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions & WorkerFixtures
> = base.extend<Fixtures, WorkerFixtures>({
  demo: [
    // Playwright reads which fixtures are needed from the pattern, and none is.
    // oxlint-disable-next-line eslint/no-empty-pattern
    async ({}, provide) => {
      const demo = await startDemo({ port: 0, mockPort: 0, backendPort: 0, isWatching: false });
      await provide(demo);
      await demo.close();
    },
    { scope: 'worker' },
  ],
  consoleGuard: [
    async ({ context }, provide) => {
      const guard = watchConsole(context);
      await provide(guard);
      expect(guard.unexpected(), 'errors on the console').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';

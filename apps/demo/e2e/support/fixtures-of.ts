import type { TestType } from '@playwright/test';

/** The fixtures of a test, for the type of a test that extends it. */
export type TestFixturesOf<Base> = Base extends TestType<infer Test, infer _> ? Test : never;

/** The worker fixtures of a test, for the type of a test that extends it. */
export type WorkerFixturesOf<Base> = Base extends TestType<infer _, infer Worker> ? Worker : never;

import { runStages } from './test.mjs';

/** `npm run soak`: only the long suites, `*.soak.test.ts` and end-to-end tests tagged `@soak`. */
export async function main() {
  process.env['SOAK'] = '1';
  await runStages(['unit', 'build', 'e2e']);
}

import { createSesamySession } from '@sesamy-kit/session';
import { checkSetup } from '../../src/index.js';

/** Checks this page, and returns `id level` of each finding to the test. */
async function check(options: Parameters<typeof createSesamySession>[0]): Promise<string[]> {
  const findings = await checkSetup(createSesamySession(options));
  return findings.map(({ id, level }) => `${id} ${level}`);
}

Object.assign(window, { check });

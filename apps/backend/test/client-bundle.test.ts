import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { expect, test, vi } from 'vitest';

const demo = fileURLToPath(new URL('../../demo/', import.meta.url));

test('the demo’s bundle contains no secret and no server code', async () => {
  const secret = 'a-secret-only-backends-know';
  vi.stubEnv('SESAMY_CLIENT_SECRET', secret);
  const output = [
    await build({
      root: demo,
      configFile: `${demo}vite.config.ts`,
      logLevel: 'silent',
      build: { write: false },
    }),
  ].flat();
  const files = output.flatMap((each) => ('output' in each ? each.output : []));
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) {
    const text = file.type === 'chunk' ? file.code : Buffer.from(file.source).toString();
    expect(text).not.toContain(secret);
    expect(text).not.toContain('client_credentials');
    expect(text).not.toContain('SESAMY_CLIENT_SECRET');
  }
}, 180_000);

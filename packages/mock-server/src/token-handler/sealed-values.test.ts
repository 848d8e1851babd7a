import { expect, test } from 'vitest';
import { createCookieKey, createSealer } from './sealed-values.js';

const scope = { kind: 'access', origin: 'https://app.publisher.test' } as const;

function sealerOf(seed: string): ReturnType<typeof createSealer> {
  const key = createCookieKey(seed);
  return createSealer(() => key);
}

test('a sealed value opens with the same key, purpose and site', async () => {
  const sealed = await sealerOf('a').seal(scope, { token: 'x' });
  expect(await sealerOf('a').open(scope, sealed)).toEqual({ token: 'x' });
});

test.each([
  ['another key', 'b', scope],
  ['another purpose', 'a', { ...scope, kind: 'refresh' }],
  ['another site', 'a', { ...scope, origin: 'https://comments.publisher.test' }],
] as const)('%s does not open', async (_, seed, other) => {
  const sealed = await sealerOf('a').seal(scope, { token: 'x' });
  expect(await sealerOf(seed).open(other, sealed)).toBeNull();
});

test('sealing a value twice gives different, opaque texts', async () => {
  const sealer = sealerOf('a');
  const [one, two] = [
    await sealer.seal(scope, { token: 'x' }),
    await sealer.seal(scope, { token: 'x' }),
  ];
  expect(one).not.toBe(two);
  const [header = ''] = one.split('.');
  expect(JSON.parse(atob(header))).toEqual({ alg: 'dir', enc: 'A256GCM', typ: 'access' });
});

test('every key without a seed is different', () => {
  expect(createCookieKey(null)).not.toEqual(createCookieKey(null));
});

import { expect, test } from 'vitest';
import { createCookieKey, createSealer } from './sealed-values.js';

const scope = { kind: 'access', origin: 'https://app.publisher.test' } as const;

function sealerOf(seed: string): ReturnType<typeof createSealer> {
  const key = createCookieKey(seed);
  return createSealer(() => key);
}

test('what was sealed is opened by the same key, for the same purpose and site', async () => {
  const sealed = await sealerOf('a').seal(scope, { token: 'x' });
  expect(await sealerOf('a').open(scope, sealed)).toEqual({ token: 'x' });
});

test.each([
  ['another key', 'b', scope],
  ['another purpose', 'a', { ...scope, kind: 'refresh' }],
  ['another site', 'a', { ...scope, origin: 'https://comments.publisher.test' }],
] as const)('%s opens nothing', async (_, seed, other) => {
  const sealed = await sealerOf('a').seal(scope, { token: 'x' });
  expect(await sealerOf(seed).open(other, sealed)).toBeNull();
});

test('what is sealed twice looks different each time, and tells nothing of itself', async () => {
  const sealer = sealerOf('a');
  const [one, two] = [
    await sealer.seal(scope, { token: 'x' }),
    await sealer.seal(scope, { token: 'x' }),
  ];
  expect(one).not.toBe(two);
  const [header = ''] = one.split('.');
  expect(JSON.parse(atob(header))).toEqual({ alg: 'dir', enc: 'A256GCM', typ: 'access' });
});

test('without a seed each key is another', () => {
  expect(createCookieKey(null)).not.toEqual(createCookieKey(null));
});

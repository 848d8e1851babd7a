import { expect, test } from 'vitest';
import { limits, measureSizes } from './bundle-sizes.mjs';

test('the kit is small at first and loads the protocol on demand', async () => {
  const { initial, all } = await measureSizes('@sesamy-kit/react');
  expect(initial).toBeLessThanOrEqual(limits.initial);
  expect(all).toBeLessThanOrEqual(limits.all);
});

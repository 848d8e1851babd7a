import * as react from '@sesamy-kit/react';
import * as session from '@sesamy-kit/session';
import { expect, test } from 'vitest';
import { exportedNames, limits, measureSizes } from './bundle-sizes.mjs';

test('the kit is small at first and loads the protocol on demand', async () => {
  const { initial, all } = await measureSizes('@sesamy-kit/react');
  expect(initial).toBeLessThanOrEqual(limits.initial);
  expect(all).toBeLessThanOrEqual(limits.all);
});

test('what is weighed is all that the packages export', () => {
  expect(exportedNames['@sesamy-kit/react'].toSorted()).toEqual(Object.keys(react).toSorted());
  expect(exportedNames['@sesamy-kit/session'].toSorted()).toEqual(Object.keys(session).toSorted());
});

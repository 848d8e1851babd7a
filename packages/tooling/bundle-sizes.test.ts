import * as react from '@sesamy-kit/react';
import * as session from '@sesamy-kit/session';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  exportedNames,
  limits,
  measureOptedInto,
  measureSizes,
  measureWithProfile,
  measureWithoutProfile,
  modes,
  optedInto,
  optedIntoLimits,
} from './bundle-sizes.mjs';
import { root } from './processes.mjs';

test('the first load is within its limit', async () => {
  const { initial } = await measureSizes('@sesamy-kit/react');
  expect(initial).toBeLessThanOrEqual(limits.initial);
});

test('an app that does not use the profile loads no part of TanStack Query', async () => {
  const { initial, moduleIds } = await measureWithoutProfile();
  expect(moduleIds.filter((id) => id.includes('@tanstack'))).toEqual([]);
  expect(initial).toBeLessThanOrEqual(limits.withoutProfile);
});

test('the first load of an app with useProfile and a TanStack Query of its own is within its limit', async () => {
  const { initial } = await measureWithProfile();
  expect(initial).toBeLessThanOrEqual(limits.withProfile);
});

test.each(modes)(
  'the total load of an app that does not use the profile, in mode %s, is within its limit',
  async (mode) => {
    const { all } = await measureWithoutProfile();
    expect(all[mode]).toBeLessThanOrEqual(limits.allWithoutProfile[mode]);
  },
);

test.each(modes)('the total load of mode %s is within its limit', async (mode) => {
  const { all } = await measureSizes('@sesamy-kit/react');
  expect(all[mode]).toBeLessThanOrEqual(limits.all[mode]);
});

test('the token-handler mode loads no protocol library', async () => {
  const { chunks } = await measureSizes('@sesamy-kit/react');
  const withLibrary = chunks.filter(({ hasProtocolLibrary }) => hasProtocolLibrary);
  expect(withLibrary.map(({ modes: loading }) => loading)).toEqual([
    ['refresh-token', 'sso-cookie'],
  ]);
});

test('every chunk is weighed in some mode or listed as optional', async () => {
  const { chunks } = await measureSizes('@sesamy-kit/react');
  const forgotten = chunks.filter(({ modes: loading, isOptional }) => !isOptional && !loading[0]);
  expect(forgotten).toEqual([]);
});

test('an app bundles no part of the test kit', async () => {
  const { chunks } = await measureSizes('@sesamy-kit/react');
  const moduleIds = chunks.flatMap((chunk) => chunk.moduleIds);
  expect(moduleIds.length).toBeGreaterThan(50);
  expect(moduleIds.filter((id) => /\/(?:testing|storybook)\//.test(id))).toEqual([]);
});

test('an app bundles no part of the entry points for those who come from another library', async () => {
  const { chunks } = await measureSizes('@sesamy-kit/react');
  const moduleIds = chunks.flatMap((chunk) => chunk.moduleIds);
  const ofOthers =
    /\/react\/(?:src|dist)\/auth0\/|\/migrate\/(?:auth0-spa-js|oidc-client-ts|index)\./;
  expect(moduleIds.filter((id) => ofOthers.test(id))).toEqual([]);
});

test('the weighed names are all exports of the packages', () => {
  expect(exportedNames['@sesamy-kit/react'].toSorted()).toEqual(Object.keys(react).toSorted());
  expect(exportedNames['@sesamy-kit/session'].toSorted()).toEqual(Object.keys(session).toSorted());
});

test.each(['idle logout', 'offline limit', 'relogin'] as const)(
  'only an app that uses %s loads its code, which is within its limit',
  async (feature) => {
    const { added, moduleIds } = await measureOptedInto(feature);
    expect(moduleIds.length).toBeGreaterThan(0);
    expect(added).toBeLessThanOrEqual(optedIntoLimits[feature]);
  },
);

test('the README says how much an app loads, to a tenth of a kilobyte', async () => {
  const plain = await measureWithoutProfile();
  const { initial, all, chunks } = await measureSizes('@sesamy-kit/react');
  const chunkSize = (wanted: string): number =>
    chunks.find(({ name }) => name === wanted)?.gzipBytes ?? Number.NaN;
  const measured = {
    'first load of an app that uses the provider': [plain.initial],
    'the same app in total': modes.map((mode) => plain.all[mode]),
    'first load of an app that uses all exports': [initial],
    'in total, after a login by redirect and a renewal': modes.map((mode) => all[mode]),
    'in addition for a login by popup': [chunkSize('popup-chunk'), chunkSize('signature')],
  };
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  for (const [row, sizes] of Object.entries(measured)) {
    const [, figures = ''] = new RegExp(`^\\| ${row}[^|]*\\|([^|]*)\\|$`, 'm').exec(readme) ?? [];
    const named = figures.match(/\d+\.\d/g)?.map(Number) ?? [];
    const wrong = sizes.filter(
      (size, index) => !(Math.abs(size / 1000 - (named[index] ?? 0)) < 0.1),
    );
    expect(wrong, `"${row}" in the README`).toEqual([]);
  }
});

test('the names that an app opts into are exports', () => {
  const names = Object.values(optedInto).flat();
  expect(Object.keys(react)).toEqual(expect.arrayContaining(names));
});

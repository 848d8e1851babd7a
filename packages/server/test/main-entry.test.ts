import { readFileSync } from 'node:fs';
import * as management from '@sesamy-kit/server/management';
import * as verify from '@sesamy-kit/server/verify';
import * as express from '@sesamy-kit/server/verify/express';
import * as hono from '@sesamy-kit/server/verify/hono';
import { expect, test } from 'vitest';

test('importing the package without a subpath names its subpaths', async () => {
  await expect(import('@sesamy-kit/server')).rejects.toThrow(
    /no main entry.*server\/management .*server\/verify .*server\/verify\/hono .*server\/verify\/express/,
  );
});

test('the main entry exports every name of the subpaths, so that its import links', () => {
  const source = readFileSync(new URL('../src/index.ts', import.meta.url), 'utf8');
  const names = [...source.matchAll(/^export const (\w+): never/gm)].map(([, name]) => name);
  const all = [management, verify, express, hono].flatMap((subpath) => Object.keys(subpath));
  expect(new Set(names)).toEqual(new Set(all));
});

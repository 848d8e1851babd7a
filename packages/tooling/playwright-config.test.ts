import { expect, test } from 'vitest';
import playwrightConfig from '../../playwright.config.js';
import { longProjects } from './stages.mjs';

test('every project of the end-to-end tests runs in npm test or in npm run test:browsers', () => {
  const names = playwrightConfig.projects?.map(({ name }) => name);
  expect(['chromium', ...longProjects]).toEqual(names);
});

test('no time limit on the whole end-to-end run can turn a slow machine red', () => {
  expect(playwrightConfig.globalTimeout).toBeUndefined();
});

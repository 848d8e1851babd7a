import { expect, test } from 'vitest';
import playwrightConfig from '../../playwright.config.js';

test('No time limit on the whole end-to-end run can turn a slow machine red', () => {
  expect(playwrightConfig.globalTimeout).toBeUndefined();
});

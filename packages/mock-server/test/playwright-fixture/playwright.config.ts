import { defineConfig } from '@playwright/test';
import { chromiumPath } from '../support/browser.js';

export default defineConfig({
  testDir: '.',
  outputDir: '../../node_modules/.cache/playwright-fixture',
  workers: 2,
  fullyParallel: true,
  reporter: 'line',
  use: { launchOptions: { ...(chromiumPath && { executablePath: chromiumPath }) } },
});

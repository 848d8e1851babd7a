import { defineConfig } from '@playwright/test';

const url = `http://localhost:${process.env.PORT ?? 3000}/`;

export default defineConfig({
  testDir: 'e2e',
  use: { baseURL: url },
  webServer: { command: 'npm start', url, gracefulShutdown: { signal: 'SIGTERM', timeout: 5000 } },
});

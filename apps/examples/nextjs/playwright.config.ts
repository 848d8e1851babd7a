import { defineConfig } from '@playwright/test';

const port = process.env.PORT ?? '3000';
const url = `http://localhost:${port}/`;

export default defineConfig({
  testDir: 'e2e',
  use: { baseURL: url },
  webServer: { command: `npm run build && npm run serve -- --port=${port}`, url, timeout: 180_000 },
});

import { defineConfig } from '@playwright/test';

const url = `http://localhost:${process.env.PORT ?? 5173}/`;

export default defineConfig({
  testDir: 'e2e',
  use: { baseURL: url },
  webServer: { command: 'npm run build && npm run preview', url },
});

import { defineConfig } from '@playwright/test';

const url = `http://localhost:${process.env.API_PORT ?? 3000}/`;
const mockPort = process.env.MOCK_PORT ?? '4400';
const issuer = `http://localhost:${mockPort}/`;

export default defineConfig({
  testDir: 'e2e',
  use: { baseURL: url },
  webServer: [
    { command: `npx sesamy-mock --port ${mockPort} --callback ${url}`, url: `${issuer}mock/` },
    {
      // The page and the backend of a production build, both with the mock in the place of Sesamy.
      command: 'npm run build && npm run serve',
      url,
      env: {
        VITE_SESAMY_ISSUER: issuer,
        SESAMY_ISSUER: issuer,
        SESAMY_PUBLISHER_ID: 'publisher',
      },
    },
  ],
});

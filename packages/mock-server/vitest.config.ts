import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['@sesamy-kit/source'] },
  ssr: { resolve: { conditions: ['@sesamy-kit/source'] } },
  test: {
    name: 'mock-server',
    environment: 'node',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
  },
});

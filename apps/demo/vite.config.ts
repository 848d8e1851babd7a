import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type UserConfig } from 'vite';

const config: UserConfig = defineConfig({
  plugins: [react()],
  // The kit's own packages are read from their sources, so that a change shows immediately.
  resolve: { conditions: ['@sesamy-kit/source', ...defaultClientConditions] },
  build: {
    // A data: URL would need an exception in the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});

export default config;

import { sesamyMock } from '@sesamy-kit/mock-server/vite';
import { sesamyPreload } from '@sesamy-kit/react/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// In development the plugin is the token handler as well, so that `npm run dev` needs no nginx.
export default defineConfig({
  plugins: [react(), sesamyMock(), sesamyPreload({ mode: 'token-handler' })],
});

import { sesamyMock } from '@sesamy-kit/mock-server/vite';
import { sesamyPreload } from '@sesamy-kit/react/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const port = Number(process.env.PORT ?? 5173);

export default defineConfig({
  plugins: [react(), sesamyMock(), sesamyPreload()],
  server: { port, strictPort: true },
  preview: { port, strictPort: true },
});

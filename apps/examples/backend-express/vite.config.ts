import { sesamyMock } from '@sesamy-kit/mock-server/vite';
import { sesamyPreload } from '@sesamy-kit/react/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const port = Number(process.env.PORT ?? 5173);
const apiPort = Number(process.env.API_PORT ?? 3000);
const mockPort = Number(process.env.MOCK_PORT ?? 4400);

export default defineConfig({
  plugins: [react(), sesamyMock({ port: mockPort }), sesamyPreload()],
  build: { outDir: 'dist/web' },
  server: { port, strictPort: true, proxy: { '/api': `http://localhost:${apiPort}` } },
});

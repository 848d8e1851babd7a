import { sesamyPreload } from '@sesamy-kit/react/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({ plugins: [react(), sesamyPreload()] });

import { sesamyPreload } from '@sesamy-kit/react/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const preload = process.env.VITE_APP === 'sesamy-preload' ? [sesamyPreload({ pages: 'all' })] : [];

export default defineConfig({ plugins: [react(), ...preload], build: { manifest: true } });

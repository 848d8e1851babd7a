import { defineConfig } from 'vite';

// The only difference between the two builds.
const alias: Record<string, string> =
  process.env['AUTH0_LIBRARY'] === undefined
    ? {}
    : { '@auth0/auth0-react': process.env['AUTH0_LIBRARY'] };

export default defineConfig({ resolve: { alias } });

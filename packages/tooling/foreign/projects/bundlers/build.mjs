import { rspack } from '@rspack/core';
import { build as esbuild } from 'esbuild';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build as vite } from 'vite';
import webpack from 'webpack';

const [, , name] = process.argv;
const directory = join(import.meta.dirname, 'dist', name);

const forWebpack = {
  mode: 'production',
  entry: './app.js',
  context: import.meta.dirname,
  output: { path: directory, filename: 'app.js', publicPath: '/' },
};

const forEsbuild = {
  entryPoints: { app: 'app.js' },
  absWorkingDir: import.meta.dirname,
  bundle: true,
  minify: true,
  format: 'esm',
  outdir: directory,
};

const forVite = {
  root: import.meta.dirname,
  logLevel: 'warn',
  build: {
    outDir: directory,
    rolldownOptions: {
      input: 'app.js',
      output: { codeSplitting: false, entryFileNames: 'app.js' },
    },
  },
};

async function bundle(run, config) {
  const stats = await promisify(run)(config);
  if (stats.hasErrors()) throw new Error(stats.toString());
}

const builds = {
  webpack: () => bundle(webpack, forWebpack),
  rspack: () => bundle(rspack, forWebpack),
  esbuild: () => esbuild({ ...forEsbuild, splitting: true }),
  'esbuild-one-file': () => esbuild(forEsbuild),
  'vite-one-file': () => vite(forVite),
  // Leaves `process.env.NODE_ENV` in the code, as where nothing replaces it.
  'esbuild-unreplaced': () =>
    esbuild({
      ...forEsbuild,
      entryPoints: { app: 'plain.js' },
      splitting: true,
      define: { 'process.env.NODE_ENV': 'process.env.NODE_ENV' },
    }),
};

await builds[name]();

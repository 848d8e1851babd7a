import { fileURLToPath } from 'node:url';
import { build, defaultClientConditions } from 'vite';
import type { ReadBuiltFile } from './page-server.js';

/** Bundles the harness page, or another one, with the kit into memory, as for production unless told otherwise. */
export async function buildHarness(
  environment: 'production' | 'development' = 'production',
  page: 'harness' | 'devtools-page' = 'harness',
): Promise<ReadBuiltFile> {
  const result = await build({
    root: fileURLToPath(new URL(`../${page}`, import.meta.url)),
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': JSON.stringify(environment) },
    resolve: { conditions: ['@sesamy-kit/source', ...defaultClientConditions] },
    build: { write: false, modulePreload: { polyfill: false } },
  });
  const outputs = 'output' in result ? [result] : [];
  const files = new Map(
    [...outputs, ...(Array.isArray(result) ? result : [])].flatMap(({ output }) =>
      output.map((file) => [
        file.fileName,
        new Uint8Array(Buffer.from(file.type === 'chunk' ? file.code : file.source)),
      ]),
    ),
  );
  return async (name) => files.get(name) ?? null;
}

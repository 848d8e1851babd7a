import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

/** Reads a file of the built demo. @throws Error when the demo is not built */
export async function readBuiltDemo(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const file = await readFile(join(dist, normalize(name))).catch(() => null);
  if (file === null && name === 'index.html') {
    throw new Error('The demo is not built: run "npm run build" first.');
  }
  return file && new Uint8Array(file);
}

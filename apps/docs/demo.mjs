// Puts the demo, built as static files with the mock of Sesamy in the reader's browser, below /demo/ of the built site.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';

const demo = join(import.meta.dirname, '../demo');
const build = join(demo, 'static/build.mjs');

if (existsSync(build)) {
  execFileSync(process.execPath, [build], { stdio: 'inherit' });
  cpSync(join(demo, 'dist-static'), join(import.meta.dirname, 'dist/demo'), { recursive: true });
}

// Puts the demo, built as static files with the mock of Sesamy in the reader's browser, below demo/ of a built site.
import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';

const [site = join(import.meta.dirname, 'dist')] = process.argv.slice(2);
const demo = join(import.meta.dirname, '../demo');

execFileSync(process.execPath, [join(demo, 'static/build.mjs')], { stdio: 'inherit' });
cpSync(join(demo, 'dist-static'), join(site, 'demo'), { recursive: true });

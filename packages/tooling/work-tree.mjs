import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './processes.mjs';

/**
 * Copies the files of the work tree as they are, without what Git ignores.
 *
 * @param {string} target an existing directory
 */
export function copyWorkTree(target) {
  const options = ['ls-files', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', options, { cwd: root, encoding: 'utf8' }).trim().split('\n');
  for (const file of files) {
    const path = join(root, file);
    // Git still lists a file whose removal is not staged.
    if (!existsSync(path)) continue;
    mkdirSync(dirname(join(target, file)), { recursive: true });
    cpSync(path, join(target, file), { force: true });
  }
}

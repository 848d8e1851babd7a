import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const INSTALLED = ['/usr/sbin/nginx', '/usr/local/bin/nginx', '/opt/homebrew/bin/nginx'];

/**
 * The nginx of this machine, or that of Debian's package, unpacked into a directory: nothing is installed or started.
 * Undefined where neither can be had.
 */
export function findNginx(directory: string): string | undefined {
  const installed = INSTALLED.find((path) => existsSync(path));
  if (installed !== undefined) return installed;
  try {
    mkdirSync(directory, { recursive: true });
    download(directory);
    const archive = readdirSync(directory).find((file) => file.endsWith('.deb')) ?? '';
    execFileSync('dpkg-deb', ['-x', archive, '.'], { cwd: directory, stdio: 'pipe' });
    const path = join(directory, 'usr/sbin/nginx');
    execFileSync(path, ['-v'], { stdio: 'pipe' });
    return path;
  } catch {
    return undefined;
  }
}

function download(directory: string): void {
  const apt = (...args: readonly string[]): unknown =>
    execFileSync('apt-get', ['-qq', '-o', 'Acquire::http::Timeout=10', ...args], {
      cwd: directory,
      stdio: 'pipe',
    });
  try {
    apt('download', 'nginx');
  } catch {
    // A fresh machine has no list of packages.
    apt('update');
    apt('download', 'nginx');
  }
}

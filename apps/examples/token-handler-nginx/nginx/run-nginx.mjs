import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs nginx until this process ends: the built page, and Sesamy's token handler below `/sesamy`.
 *
 * @param {{ port: number, sesamyUrl: string }} options
 */
export function runNginx({ port, sesamyUrl }) {
  const directory = mkdtempSync(join(tmpdir(), 'nginx-'));
  const variables = {
    DIRECTORY: directory,
    PORT: String(port),
    SESAMY_URL: sesamyUrl,
    WEB_ROOT: join(import.meta.dirname, '../dist'),
  };
  for (const name of ['nginx.conf', 'site.conf']) {
    const template = readFileSync(join(import.meta.dirname, `${name}.template`), 'utf8');
    writeFileSync(join(directory, name), fillIn(template, variables));
  }
  const args = ['-e', 'stderr', '-p', directory, '-c', join(directory, 'nginx.conf')];
  const nginx = spawn(process.env.NGINX_PATH ?? 'nginx', args, { stdio: 'inherit' });
  nginx.once('error', (error) => {
    console.error(
      `nginx could not be started (${error.message}). Install it, or set NGINX_PATH to it.`,
    );
    process.exit(1);
  });
  nginx.once('exit', (code) => {
    rmSync(directory, { recursive: true });
    process.exit(code ?? 0);
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => nginx.kill(signal));
}

/**
 * Puts variables in the place of `${NAME}`, as the nginx image of Docker does; nginx's own `$name` stay.
 *
 * @param {string} template
 * @param {Readonly<Record<string, string>>} variables
 */
function fillIn(template, variables) {
  return template.replaceAll(/\$\{(\w+)\}/g, (text, name) => variables[name] ?? text);
}

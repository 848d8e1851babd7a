import { install } from './install.mjs';
import { root, run } from './processes.mjs';

/**
 * `npm run docs` serves the documentation until Ctrl-C; `npm run docs -- build` writes it to apps/docs/dist, for any host
 * of static files. Other arguments go to VitePress: `npm run docs -- dev --port 8080`.
 *
 * @param {readonly string[]} args
 */
export async function main([script = 'dev', ...args]) {
  await install();
  // The build of the static demo, which is a part of the site, runs the mock in Node.
  process.exitCode = await run(`${root}/node_modules/.bin/tsc`, ['-b', 'packages/mock-server']);
  if (process.exitCode !== 0) return;
  const npmArgs = ['--prefix', `${root}/apps/docs`, 'run', script, '--', ...args];
  process.exitCode = await run('npm', npmArgs);
}

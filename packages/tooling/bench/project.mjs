import { cpSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packPackages, publishedPackages } from '../packed-packages.mjs';
import { run } from '../processes.mjs';

const packageNames = ['@sesamy-kit/session', '@sesamy-kit/react', '@sesamy-kit/mock-server'];

/**
 * A project outside the workspace with all libraries, ours as packed.
 *
 * @typedef {object} Project
 * @property {string} directory
 * @property {(app: string, issuer: string) => Promise<string>} build builds an app for production; resolves to its directory
 * @property {(packageName: string) => string} versionOf
 */

/**
 * Copies `project/` and installs it by plain npm.
 *
 * @param {string} directory an empty one, outside the workspace
 * @returns {Promise<Project>}
 */
export async function openProject(directory) {
  const packages = join(directory, 'packages');
  packPackages(
    publishedPackages().filter(({ name }) => packageNames.includes(name)),
    packages,
  );
  cpSync(join(import.meta.dirname, 'project'), directory, { recursive: true });
  const tarballs = readdirSync(packages).map((file) => join(packages, file));
  // Without --prefix, an npm that runs inside npm may install into the outer one's project.
  const options = ['--prefix', directory, '--no-audit', '--no-fund', '--prefer-offline'];
  await execute('npm', ['install', ...options, ...tarballs], directory);
  return {
    directory,
    build: async (app, issuer) => {
      const output = join(directory, 'dist', app);
      const vite = join(directory, 'node_modules/.bin/vite');
      const args = ['build', '--outDir', output, '--logLevel', 'warn'];
      await execute(vite, args, directory, { VITE_APP: app, VITE_ISSUER: issuer });
      return output;
    },
    versionOf: (name) =>
      JSON.parse(readFileSync(join(directory, 'node_modules', name, 'package.json'), 'utf8'))
        .version,
  };
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {Record<string, string>} [env]
 */
async function execute(command, args, cwd, env = {}) {
  const exitCode = await run(command, args, { cwd, env });
  if (exitCode !== 0) throw new Error(`${command} ${args.join(' ')} failed (see above).`);
}

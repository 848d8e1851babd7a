import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pnpmCommand } from './install.mjs';
import { run } from './processes.mjs';
import { copyWorkTree } from './work-tree.mjs';

/**
 * `node packages/tooling/run.mjs react-version 18.2.0` runs the unit tests of `@sesamy-kit/react` on that React, in a copy
 * of the work tree, so that every library of the tests finds it too.
 *
 * @param {readonly string[]} args
 */
export async function main([version]) {
  if (version === undefined || !/^\d+\.\d+\.\d+$/.test(version)) {
    throw new Error(
      'Name the version of React: node packages/tooling/run.mjs react-version 18.2.0',
    );
  }
  const copy = mkdtempSync(join(tmpdir(), 'react-version-'));
  try {
    copyWorkTree(copy);
    pinReact(copy, version);
    const [pnpm, ...leading] = pnpmCommand();
    const install = ['install', '--no-frozen-lockfile', '--config.minimumReleaseAge=0'];
    const filters = ['--filter=sesamy-kit', '--filter=@sesamy-kit/react...'];
    const installed = await run(pnpm, [...leading, ...filters, ...install], { cwd: copy });
    if (installed !== 0) throw new Error(`React ${version} could not be installed (see above).`);
    const found = join(copy, 'packages/react/node_modules/react/package.json');
    console.log(`React ${JSON.parse(readFileSync(found, 'utf8')).version}`);
    const vitest = join(copy, 'node_modules/.bin/vitest');
    const config = '--config=packages/tooling/vitest.projects.config.ts';
    process.exitCode = await run(vitest, ['run', config, '--project=react'], { cwd: copy });
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/**
 * @param {string} copy
 * @param {string} version
 */
function pinReact(copy, version) {
  const path = join(copy, 'pnpm-workspace.yaml');
  const settings = readFileSync(path, 'utf8');
  const pins = `overrides:\n  react: ${version}\n  react-dom: ${version}\n`;
  writeFileSync(path, settings.replace('overrides:\n', pins));
}

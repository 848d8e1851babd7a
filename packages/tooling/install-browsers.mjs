import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { browsers, findBrowser } from './browsers.mjs';
import { root, run } from './processes.mjs';

/**
 * Makes sure that every browser of the end-to-end tests is there, fetching those that are not: from Playwright, or
 * where that fails and this is root on Debian, from the distribution.
 *
 * @throws with what to do, when a browser is still missing
 */
export async function installBrowsers() {
  await installMissing(installFromPlaywright);
  await installMissing(installFromDistribution);
  const missing = missingBrowsers();
  if (missing.length === 0) return;
  throw new Error(
    `No ${missing.map(({ name }) => name).join(' and no ')} was found or could be installed. ` +
      `Install it, or set ${missing.map(({ variable }) => variable).join(' and ')} to its executable.`,
  );
}

/** @typedef {import('./browsers.mjs').Browser} Browser */

/** @param {(missing: readonly Browser[]) => Promise<unknown>} installer */
async function installMissing(installer) {
  const missing = missingBrowsers();
  if (missing.length > 0) await installer(missing);
}

function missingBrowsers() {
  return browsers.filter((browser) => findBrowser(browser).source === 'none');
}

/** @param {readonly Browser[]} missing */
async function installFromPlaywright(missing) {
  const playwright = join(root, 'node_modules/.bin/playwright');
  const names = missing.map(({ name }) => name);
  const exitCode = await run(playwright, ['install', ...names]);
  if (exitCode === 0 && isRoot()) await run(playwright, ['install-deps', ...names]);
}

/** @param {readonly Browser[]} missing */
async function installFromDistribution(missing) {
  if (!isRoot() || !existsSync('/usr/bin/apt-get')) return;
  console.log('Taking the browsers from the distribution instead.');
  const packages = missing.map(({ aptPackage }) => aptPackage);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
}

function isRoot() {
  return process.getuid?.() === 0;
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { browsers, extras, findBrowser } from './browsers.mjs';
import { root, run } from './processes.mjs';

/**
 * Makes sure that the browsers of the end-to-end tests are there, fetching those that are not: from Playwright, or
 * where that fails and this is root on Debian, from the distribution. Where all are wanted, says which tests will be
 * skipped for want of what only the distribution has.
 *
 * @param {readonly Browser["name"][]} [names] Default: all.
 * @throws with what to do, when a browser is still missing
 */
export async function installBrowsers(names) {
  await installMissing(installFromPlaywright, names);
  await installMissing(installFromDistribution, names);
  const missing = missingBrowsers(names);
  if (missing.length === 0) {
    if (names === undefined) await installExtras();
    return;
  }
  throw new Error(
    `No ${missing.map(({ name }) => name).join(' and no ')} was found or could be installed. ` +
      `Install it, or set ${missing.map(({ variable }) => variable).join(' and ')} to its executable.`,
  );
}

/** @typedef {import('./browsers.mjs').Browser} Browser */

/**
 * @param {(missing: readonly Browser[]) => Promise<unknown>} installer
 * @param {readonly Browser["name"][]} [names]
 */
async function installMissing(installer, names) {
  const missing = missingBrowsers(names);
  if (missing.length > 0) await installer(missing);
}

/** @param {readonly Browser["name"][]} [names] */
function missingBrowsers(names) {
  return browsers.filter(
    (browser) =>
      (names === undefined || names.includes(browser.name)) &&
      findBrowser(browser).source === 'none',
  );
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
  if (!canUseApt()) return;
  console.log('Taking the browsers from the distribution instead.');
  await apt(['update']);
  await aptInstall(missing.map(({ aptPackage }) => aptPackage));
}

async function installExtras() {
  const missing = extras.filter(({ isThere }) => !isThere());
  if (missing.length === 0) return;
  if (canUseApt()) {
    // Do not wait long for optional packages.
    const patience = ['-o', 'Acquire::http::Timeout=10', '-o', 'Acquire::Retries=0'];
    await apt(['update', ...patience]);
    // One by one, since apt installs nothing if one of the packages is unknown.
    for (const { aptPackages } of missing) await aptInstall([...aptPackages, ...patience]);
  }
  for (const { name, isThere } of missing) {
    if (!isThere()) console.log(`Not there: ${name}. The tests that need it are skipped.`);
  }
}

/** @param {readonly string[]} args packages and options */
function aptInstall(args) {
  return apt(['install', '-y', '--no-install-recommends', ...args]);
}

/** @param {readonly string[]} args */
function apt(args) {
  return run('apt-get', ['-qq', ...args], { env: { DEBIAN_FRONTEND: 'noninteractive' } });
}

function canUseApt() {
  return isRoot() && existsSync('/usr/bin/apt-get');
}

function isRoot() {
  return process.getuid?.() === 0;
}

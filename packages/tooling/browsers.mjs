import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, firefox } from '@playwright/test';

/**
 * @typedef {object} Browser
 * @property {"chromium" | "firefox"} name
 * @property {string} variable Names the environment variable that overrides every other choice.
 * @property {readonly string[]} systemPaths Where operating systems put it, best first.
 * @property {string} aptPackage
 * @property {() => string} ownPath Where Playwright's own build would be.
 */

/** @type {readonly Browser[]} */
export const browsers = [
  {
    name: 'chromium',
    variable: 'PLAYWRIGHT_CHROMIUM_PATH',
    systemPaths: [
      '/usr/bin/chromium-headless-shell',
      '/usr/bin/chromium',
      '/usr/bin/google-chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    aptPackage: 'chromium-headless-shell',
    ownPath: () => chromium.executablePath(),
  },
  {
    name: 'firefox',
    variable: 'PLAYWRIGHT_FIREFOX_PATH',
    systemPaths: [
      '/usr/bin/firefox-esr',
      '/usr/bin/firefox',
      '/Applications/Firefox.app/Contents/MacOS/firefox',
    ],
    aptPackage: 'firefox-esr',
    ownPath: () => firefox.executablePath(),
  },
];

/**
 * Decides which executable runs a browser's tests: the environment variable, Playwright's own build, the system's.
 *
 * @param {Browser} browser
 * @param {Record<string, string | undefined>} env
 * @param {(path: string) => boolean} exists
 * @returns {{ source: "variable" | "system", path: string } | { source: "playwright" | "none" }}
 * @throws when the environment variable points nowhere
 */
export function findBrowser(browser, env = process.env, exists = existsSync) {
  const path = env[browser.variable];
  if (path) {
    if (exists(path)) return { source: 'variable', path };
    throw new Error(`${browser.variable} is ${path}, where there is no file. Correct or unset it.`);
  }
  if (exists(browser.ownPath())) return { source: 'playwright' };
  const systemPath = browser.systemPaths.find(exists);
  return systemPath ? { source: 'system', path: systemPath } : { source: 'none' };
}

/**
 * The executable to hand to Playwright, or undefined to let it use its own build.
 *
 * @param {Browser["name"]} name
 * @returns {string | undefined}
 */
export function browserPath(name) {
  const browser = browsers.find((candidate) => candidate.name === name);
  const found = browser && findBrowser(browser);
  return found && 'path' in found ? found.path : undefined;
}

/**
 * Debian's whole Chromium, which blocks third-party cookies, unlike the headless shell and Playwright's own build.
 *
 * @param {(path: string) => boolean} [exists]
 * @returns {string | undefined}
 */
export function strictChromiumPath(exists = existsSync) {
  const path = '/usr/bin/chromium';
  return exists(path) ? path : undefined;
}

/**
 * The programs that a test in WebKitGTK needs: a browser, what drives it, and a display for it to draw on.
 *
 * @typedef {{ miniBrowser: string, driver: string, display: string }} WebKit
 */

/**
 * WebKitGTK's programs where the distribution put them; undefined when one is missing.
 *
 * @param {(path: string) => boolean} [exists]
 * @param {(directory: string) => readonly string[]} [list]
 * @returns {WebKit | undefined}
 */
export function findWebKit(exists = existsSync, list = listDirectory) {
  const driver = '/usr/bin/WebKitWebDriver';
  const display = '/usr/bin/Xvfb';
  const miniBrowser = list('/usr/lib')
    .map((architecture) => join('/usr/lib', architecture, 'webkit2gtk-4.1/MiniBrowser'))
    .find(exists);
  const isComplete = exists(driver) && exists(display) && miniBrowser !== undefined;
  return isComplete ? { miniBrowser, driver, display } : undefined;
}

/**
 * Optional requirements of some tests, each with its Debian packages.
 *
 * @type {readonly { name: string, isThere: () => boolean, aptPackages: readonly string[] }[]}
 */
export const extras = [
  {
    name: 'a Chromium without third-party cookies',
    isThere: () => strictChromiumPath() !== undefined,
    aptPackages: ['chromium'],
  },
  {
    name: 'WebKitGTK',
    isThere: () => findWebKit() !== undefined,
    aptPackages: ['webkit2gtk-driver', 'xvfb'],
  },
];

/** @param {string} directory */
function listDirectory(directory) {
  return existsSync(directory) ? readdirSync(directory) : [];
}

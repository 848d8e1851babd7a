import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './processes.mjs';

/**
 * The columns: a library with the packages that its code comes from. The first is what an app installs.
 *
 * @type {readonly { name: string, packages: readonly string[] }[]}
 */
const libraries = [
  { name: 'sesamy-kit', packages: ['@sesamy-kit/react', '@sesamy-kit/session'] },
  { name: 'auth0-react', packages: ['@auth0/auth0-react@2.27.0', '@auth0/auth0-spa-js@2.28.3'] },
  { name: 'react-oidc-context', packages: ['react-oidc-context@3.3.1', 'oidc-client-ts@3.5.0'] },
  { name: 'oidc-spa', packages: ['oidc-spa@10.2.11'] },
  {
    name: 'Clerk',
    packages: ['@clerk/react@6.18.0', '@clerk/shared@4.41.0', '@clerk/clerk-js@6.40.0'],
  },
  {
    name: 'sesamy-js',
    packages: ['@sesamy/sesamy-js@1.74.0', '@sesamy/sdk@1.22.0', '@auth0/auth0-spa-js@2.28.3'],
  },
];

/**
 * The rows: what the published code contains. It shows what a library brings along, not how well it does it.
 *
 * @type {readonly { title: string, pattern: RegExp }[]}
 */
const features = [
  {
    title: 'lock across tabs: `navigator.locks`',
    pattern: /\blocks\??\.request\b|navigator\.locks/,
  },
  { title: 'messages between tabs: `BroadcastChannel`', pattern: /\bBroadcastChannel\b/ },
  {
    title: 'external store for React: `useSyncExternalStore`',
    pattern: /\buseSyncExternalStore\b/,
  },
  { title: 'queries: `@tanstack/react-query`', pattern: /@tanstack\/react-query/ },
  {
    title: 'step-up: `insufficient_user_authentication`',
    pattern: /insufficient_user_authentication/,
  },
  {
    title: 'passkeys: `navigator.credentials`',
    pattern: /navigator\.credentials|PublicKeyCredential/,
  },
];

/** `npm run compare`: installs the libraries by plain npm, and prints the table of the README. */
export function main() {
  console.log(compareLibraries().join('\n'));
}

/** @returns {readonly string[]} the rows of a Markdown table, with its head */
export function compareLibraries() {
  const directory = mkdtempSync(join(tmpdir(), 'compare-'));
  try {
    const wanted = libraries.flatMap(({ packages }) => packages).filter(isForeign);
    const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps'];
    execFileSync('npm', [...args, '--prefix', directory, ...new Set(wanted)], { stdio: 'pipe' });
    const sources = libraries.map(({ packages }) =>
      packages.flatMap((each) => sourcesOf(directory, each)),
    );
    return [
      row([
        'in the published code',
        ...libraries.map(({ name, packages }) => head(name, packages)),
      ]),
      row(['---', ...libraries.map(() => '---')]),
      ...features.map(({ title, pattern }) =>
        row([
          title,
          ...sources.map((texts) => (texts.some((text) => pattern.test(text)) ? 'yes' : 'no')),
        ]),
      ),
    ];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/**
 * @param {string} name
 * @param {readonly string[]} packages
 */
function head(name, [first = '']) {
  const version = /@([\d.]+)$/.exec(first)?.[1];
  return version === undefined ? name : `${name} ${version}`;
}

/** @param {readonly string[]} cells */
function row(cells) {
  return `| ${cells.join(' | ')} |`;
}

/** @param {string} specifier */
function isForeign(specifier) {
  return !specifier.startsWith('@sesamy-kit/');
}

/**
 * @param {string} directory where npm has installed
 * @param {string} specifier of a package
 * @returns {readonly string[]} the text of each script that it publishes
 */
function sourcesOf(directory, specifier) {
  const name = specifier.replace(/(?<=.)@[\d.]+$/, '');
  const own = join(root, 'packages', name.replace('@sesamy-kit/', ''), 'dist');
  const folder = isForeign(specifier) ? join(directory, 'node_modules', name) : own;
  if (!existsSync(folder)) throw new Error(`${folder} is missing: run npm run build first.`);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[cm]?js$/.test(file) && !file.includes('node_modules'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

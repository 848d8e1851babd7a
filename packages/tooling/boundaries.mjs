import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './processes.mjs';

/**
 * In files whose path starts with one of `where`, nothing may match `pattern`, unless the path starts with `except`, or one of them.
 *
 * @typedef {{ what: string, where: readonly string[], pattern: RegExp, except?: string | readonly string[] }} Rule
 */

const session = 'packages/session/src/';
const react = 'packages/react/src/';
const mockServer = 'packages/mock-server/src/';
const server = 'packages/server/src/';
const doctor = 'packages/doctor/src/';
const devtools = 'packages/devtools/src/';
const create = 'packages/create/src/';
const migrate = 'packages/migrate/src/';
const demo = 'apps/demo/src/';
const backend = 'apps/backend/src/';

/** @type {readonly Rule[]} */
const rules = [
  // demo -> react -> session -> oidc-client-ts; the packages for servers stand alone.
  {
    what: 'our packages',
    where: [session, mockServer, server, create, migrate],
    pattern: importOf('@sesamy-kit'),
  },
  { what: 'our other packages', where: [react], pattern: importOf('@sesamy-kit/(?!session\\b)') },
  { what: 'our other packages', where: [doctor], pattern: importOf('@sesamy-kit/(?!session\\b)') },
  {
    what: 'our other packages',
    where: [devtools],
    pattern: importOf('@sesamy-kit/(?!(?:session|react/devtools)\\b|doctor[\'"])'),
  },
  {
    what: 'our other packages',
    where: [demo],
    pattern: importOf('@sesamy-kit/(?!(?:react|devtools)\\b)'),
  },
  {
    what: 'a dynamic import',
    where: [devtools],
    pattern: /\bimport\s*\(/,
    except: `${devtools}load-`,
  },
  { what: 'our other packages', where: [backend], pattern: importOf('@sesamy-kit/(?!server\\b)') },
  {
    what: 'React',
    where: [session, doctor],
    pattern: importOf('(?:react|react-dom|@tanstack)\\b'),
  },
  {
    what: 'oidc-client-ts',
    where: [session, react, mockServer, server, doctor, devtools, demo, backend],
    pattern: importOf('oidc-client-ts'),
    except: `${session}oidc/`,
  },
  // What every page loads at first stands above what is loaded on demand.
  {
    what: 'the code of the first load',
    where: [session],
    pattern: /\bfrom\s*['"]\.{1,2}\/entry\//,
    except: [`${session}entry/`, `${session}index.ts`, `${session}inspection/`],
  },
  // One file for each danger.
  {
    what: 'Web Locks',
    where: [session, react],
    pattern: /\bnavigator\??\.locks\b/,
    except: [`${session}tokens/refresh.ts`, `${session}idle/one-tab.ts`],
  },
  {
    what: 'BroadcastChannel',
    where: [session, react],
    pattern: /\bBroadcastChannel\b/,
    except: `${session}tabs`,
  },
  {
    what: 'browser storage',
    where: [session, react],
    pattern: /\b(?:localStorage|sessionStorage|indexedDB|idb-keyval|document\.cookie)\b/,
    except: [`${session}storage`, 'packages/react/src/auth0/app-state.ts'],
  },
  {
    what: 'window.open',
    where: [session, react],
    pattern: /\b(?:window|globalThis)\.open\b/,
    except: `${session}flows/popup.ts`,
  },
  {
    what: 'an iframe',
    where: [session, react],
    pattern: /['"]iframe['"]/,
    except: `${session}oidc/silent.ts`,
  },
  {
    what: 'a dynamic import',
    where: [session, react],
    pattern: /\bimport\s*\(/,
    except: `${session}on-demand`,
  },
  {
    what: 'addEventListener with a signal',
    where: [session, react],
    pattern: /\baddEventListener\((?:(?!addEventListener)[^;])*[{,]\s*signal\s*[,}]/,
    except: `${session}platform/listen.ts`,
  },
];

/** `node packages/tooling/run.mjs boundaries`: fails when a source file oversteps one. Tests may. */
export function main() {
  const violations = sourcePaths().flatMap((path) =>
    findViolations(path, readFileSync(join(root, path), 'utf8')),
  );
  for (const violation of violations) console.error(violation);
  if (violations.length > 0) process.exitCode = 1;
}

/**
 * @param {string} path from the root, with forward slashes
 * @param {string} source
 * @returns {readonly string[]} one sentence each
 */
export function findViolations(path, source) {
  const code = withoutComments(source);
  return rules
    .filter(({ where }) => where.some((start) => path.startsWith(start)))
    .filter(({ except = [] }) => ![except].flat().some((start) => path.startsWith(start)))
    .filter(({ pattern }) => pattern.test(code))
    .map(
      ({ what, except }) =>
        `${path} uses ${what}, which only ${[except ?? 'others'].flat().join(' and ')} may.`,
    );
}

/** @param {string} start of the module's name, as a regular expression */
function importOf(start) {
  return new RegExp(`\\b(?:from|import)\\s*\\(?\\s*['"]${start}`);
}

/** @param {string} source */
function withoutComments(source) {
  return source.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/(?<!:)\/\/.*$/gm, '');
}

function sourcePaths() {
  const directories = new Set(rules.flatMap(({ where }) => where));
  return [...directories].flatMap((directory) =>
    readdirSync(join(root, directory), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !/\.test(?:-d)?\.tsx?$/.test(name))
      .map((name) => directory + name.replaceAll('\\', '/')),
  );
}
